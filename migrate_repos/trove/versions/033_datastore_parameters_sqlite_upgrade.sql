-- Adds datastore_configuration_parameters.

CREATE TABLE datastore_configuration_parameters (
    id VARCHAR(36) NOT NULL,
    name VARCHAR(128) NOT NULL,
    datastore_version_id VARCHAR(36) NOT NULL,
    restart_required BOOLEAN NOT NULL,
    max_size VARCHAR(40),
    min_size VARCHAR(40),
    data_type VARCHAR(128) NOT NULL,
    deleted BOOLEAN,
    deleted_at DATETIME,
    PRIMARY KEY (id, name, datastore_version_id),
    CONSTRAINT "UQ_datastore_configuration_parameters_datastore_version_id_name"
        UNIQUE (datastore_version_id, name),
    FOREIGN KEY (datastore_version_id) REFERENCES datastore_versions (id),
    CHECK (restart_required IN (0, 1)),
    CHECK (deleted IN (0, 1))
);
