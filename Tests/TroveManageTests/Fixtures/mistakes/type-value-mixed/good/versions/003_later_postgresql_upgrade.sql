CREATE TYPE taste AS ENUM ('sweet');
ALTER TYPE taste ADD VALUE 'sour';
UPDATE people SET name = 'sour' WHERE id = 1;
