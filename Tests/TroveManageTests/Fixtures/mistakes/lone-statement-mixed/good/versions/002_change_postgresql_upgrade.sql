SET lock_timeout = '5s';
CREATE INDEX CONCURRENTLY people_name ON people (name);
