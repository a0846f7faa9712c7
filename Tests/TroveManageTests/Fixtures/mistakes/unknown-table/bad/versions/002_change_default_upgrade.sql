UPDATE poeple SET name = 'x' WHERE id = 1;
DELETE FROM instances WHERE name IS NULL;
