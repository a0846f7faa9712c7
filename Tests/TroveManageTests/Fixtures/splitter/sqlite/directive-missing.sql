-- migrate:
SELECT 1;
