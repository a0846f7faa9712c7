-- migrate: ignore drop-column: nobody has read it since release 2

DROP INDEX people_name;
ALTER TABLE people DROP COLUMN name;
