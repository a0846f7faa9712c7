-- migrate: ignore update-all: they are few
SELECT 1;
