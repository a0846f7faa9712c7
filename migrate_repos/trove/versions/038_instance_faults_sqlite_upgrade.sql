-- Adds instance_faults.

CREATE TABLE instance_faults (
    id VARCHAR(64) NOT NULL,
    instance_id VARCHAR(64) NOT NULL,
    message VARCHAR(255) NOT NULL,
    details TEXT NOT NULL,
    created DATETIME NOT NULL,
    updated DATETIME NOT NULL,
    deleted BOOLEAN NOT NULL,
    deleted_at DATETIME,
    PRIMARY KEY (id),
    FOREIGN KEY (instance_id) REFERENCES instances (id)
        ON DELETE CASCADE ON UPDATE CASCADE,
    CHECK (deleted IN (0, 1))
);
