-- Drops datastore_versions.registry_ext and datastore_versions.repl_strategy.
-- Values that differ from the manager's own are lost.

ALTER TABLE datastore_versions DROP COLUMN repl_strategy;
ALTER TABLE datastore_versions DROP COLUMN registry_ext;
