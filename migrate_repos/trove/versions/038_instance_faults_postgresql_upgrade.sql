-- Adds instance_faults.

CREATE TABLE instance_faults (
    id VARCHAR(64) NOT NULL,
    instance_id VARCHAR(64) NOT NULL,
    message VARCHAR(255) NOT NULL,
    details TEXT NOT NULL,
    created TIMESTAMP NOT NULL,
    updated TIMESTAMP NOT NULL,
    deleted BOOLEAN NOT NULL,
    deleted_at TIMESTAMP,
    PRIMARY KEY (id),
    FOREIGN KEY (instance_id) REFERENCES instances (id)
        ON DELETE CASCADE ON UPDATE CASCADE
);
