-- Adds agent_heartbeats.

CREATE TABLE agent_heartbeats (
    id VARCHAR(36) NOT NULL,
    instance_id VARCHAR(36) NOT NULL,
    updated_at TIMESTAMP,
    PRIMARY KEY (id)
);
