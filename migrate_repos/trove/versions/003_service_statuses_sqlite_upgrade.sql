-- Adds service_statuses.

CREATE TABLE service_statuses (
    id VARCHAR(36) NOT NULL,
    instance_id VARCHAR(36) NOT NULL,
    status_id INTEGER NOT NULL,
    status_description VARCHAR(64) NOT NULL,
    updated_at DATETIME,
    PRIMARY KEY (id)
);
