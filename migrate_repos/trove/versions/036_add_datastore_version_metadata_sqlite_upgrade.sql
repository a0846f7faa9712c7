-- Adds datastore_version_metadata.

CREATE TABLE datastore_version_metadata (
    id VARCHAR(36) NOT NULL,
    datastore_version_id VARCHAR(36),
    "key" VARCHAR(128) NOT NULL,
    value VARCHAR(128),
    created DATETIME NOT NULL,
    deleted BOOLEAN NOT NULL,
    deleted_at DATETIME,
    updated_at DATETIME,
    PRIMARY KEY (id),
    CONSTRAINT "UQ_datastore_version_metadata_datastore_version_id_key_value"
        UNIQUE (datastore_version_id, "key", value),
    FOREIGN KEY (datastore_version_id) REFERENCES datastore_versions (id)
        ON DELETE CASCADE,
    CHECK (deleted IN (0, 1))
);
