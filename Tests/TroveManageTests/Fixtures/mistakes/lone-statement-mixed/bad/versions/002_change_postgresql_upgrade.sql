UPDATE people SET name = NULL WHERE id = 1;
CREATE INDEX CONCURRENTLY people_name ON people (name);
