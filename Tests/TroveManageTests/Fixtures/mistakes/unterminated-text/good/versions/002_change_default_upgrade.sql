UPDATE people SET name = 'x' WHERE id = 1;
