-- migrate: ignore update-without-where: they are few
UPDATE people SET name = NULL WHERE id = 1;
-- migrate: ignore drop-table: nobody uses it

SELECT 1;
