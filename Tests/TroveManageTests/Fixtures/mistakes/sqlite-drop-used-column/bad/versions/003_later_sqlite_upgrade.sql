-- migrate: ignore drop-column: nobody has read it since release 2

ALTER TABLE people DROP COLUMN name;
ALTER TABLE people DROP COLUMN id;
