-- migrate: variables
-- '${a.b}'
UPDATE people SET name = 'x' || ${a.b:c} WHERE id = 1;
