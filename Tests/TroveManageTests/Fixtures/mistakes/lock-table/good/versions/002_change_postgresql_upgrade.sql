UPDATE people SET name = NULL WHERE id = 1;
