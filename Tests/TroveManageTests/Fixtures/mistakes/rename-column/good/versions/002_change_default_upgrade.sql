ALTER TABLE people ADD COLUMN title VARCHAR(20);
UPDATE people SET title = name;
