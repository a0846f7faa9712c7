-- Drops datastore_configuration_parameters.deleted and .deleted_at.
-- Rows marked as deleted are removed; all others are kept.

CREATE TABLE new_datastore_configuration_parameters (
    id VARCHAR(36) NOT NULL,
    name VARCHAR(128) NOT NULL,
    datastore_version_id VARCHAR(36) NOT NULL,
    restart_required BOOLEAN NOT NULL,
    max_size VARCHAR(40),
    min_size VARCHAR(40),
    data_type VARCHAR(128) NOT NULL,
    PRIMARY KEY (id, name, datastore_version_id),
    CONSTRAINT "UQ_datastore_configuration_parameters_datastore_version_id_name"
        UNIQUE (datastore_version_id, name),
    FOREIGN KEY (datastore_version_id) REFERENCES datastore_versions (id),
    CHECK (restart_required IN (0, 1))
);

INSERT INTO new_datastore_configuration_parameters (
    id, name, datastore_version_id, restart_required, max_size, min_size,
    data_type
)
SELECT
    id, name, datastore_version_id, restart_required, max_size, min_size,
    data_type
FROM datastore_configuration_parameters
WHERE COALESCE(deleted, 0) = 0;

DROP TABLE datastore_configuration_parameters;

ALTER TABLE new_datastore_configuration_parameters
    RENAME TO datastore_configuration_parameters;
