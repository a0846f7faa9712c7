ALTER TYPE mood ADD VALUE 'fine';
UPDATE people SET name = 'fine' WHERE id = 1;
