-- migrate: variables
UPDATE people SET name = ${a.b} WHERE id = 1;
