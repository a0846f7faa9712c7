-- Drops guest_agent_version, deleted, deleted_at and the indexes of
-- agent_heartbeats.
-- The values of the three columns are lost; all rows stay, deleted ones without
-- the mark.

CREATE TABLE new_agent_heartbeats (
    id VARCHAR(36) NOT NULL,
    instance_id VARCHAR(36) NOT NULL,
    updated_at DATETIME,
    PRIMARY KEY (id)
);

INSERT INTO new_agent_heartbeats (
    id, instance_id, updated_at
)
SELECT
    id, instance_id, updated_at
FROM agent_heartbeats;

DROP TABLE agent_heartbeats;

ALTER TABLE new_agent_heartbeats RENAME TO agent_heartbeats;
