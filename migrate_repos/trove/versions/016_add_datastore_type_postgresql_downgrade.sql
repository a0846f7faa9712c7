-- instances.service_type replaces instances.datastore_version_id; drops
-- datastore_versions and datastores with all their rows.
-- service_type becomes the manager of the instance's datastore, or 'mysql'
-- where it has none.
-- A manager longer than 36 characters stops the downgrade.

ALTER TABLE instances ADD COLUMN service_type VARCHAR(36);

UPDATE instances
SET service_type = COALESCE(
    (
        SELECT datastores.manager
        FROM datastore_versions
        JOIN datastores ON datastores.id = datastore_versions.datastore_id
        WHERE datastore_versions.id = instances.datastore_version_id
    ),
    'mysql'
);

ALTER TABLE instances DROP COLUMN datastore_version_id;

DROP TABLE datastore_versions;
DROP TABLE datastores;
