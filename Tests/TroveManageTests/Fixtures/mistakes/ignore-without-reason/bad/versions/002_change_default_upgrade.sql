-- migrate: ignore update-without-where
UPDATE people SET name = NULL;
