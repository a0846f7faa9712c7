-- Adds instances.

CREATE TABLE instances (
    id VARCHAR(36) NOT NULL,
    created DATETIME,
    updated DATETIME,
    name VARCHAR(255),
    hostname VARCHAR(255),
    compute_instance_id VARCHAR(36),
    task_id INTEGER,
    task_description VARCHAR(32),
    task_start_time DATETIME,
    volume_id VARCHAR(36),
    PRIMARY KEY (id)
);
