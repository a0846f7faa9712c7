CREATE TABLE begin (commit INTEGER, end INTEGER, rollback INTEGER);
UPDATE begin SET commit = 1, "end" = 2;
DROP TABLE begin;
SELECT 'COMMIT;';
