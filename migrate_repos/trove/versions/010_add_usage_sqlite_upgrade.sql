-- Adds usage_events.

CREATE TABLE usage_events (
    id VARCHAR(36) NOT NULL,
    instance_name VARCHAR(36),
    tenant_id VARCHAR(36),
    nova_instance_id VARCHAR(36),
    instance_size INTEGER,
    nova_volume_id VARCHAR(36),
    volume_size INTEGER,
    end_time DATETIME,
    updated DATETIME,
    PRIMARY KEY (id)
);
