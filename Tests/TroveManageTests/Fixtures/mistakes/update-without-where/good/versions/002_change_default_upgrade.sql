ALTER TABLE people ADD COLUMN mail VARCHAR(20);
UPDATE people SET mail = name;
UPDATE people SET name = 'x' WHERE id = 1;
