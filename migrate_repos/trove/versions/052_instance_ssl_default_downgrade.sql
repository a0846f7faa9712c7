-- Drops instances.ssl_mode and instances.ssl_ref with their values.

ALTER TABLE instances DROP COLUMN ssl_ref;
ALTER TABLE instances DROP COLUMN ssl_mode;
