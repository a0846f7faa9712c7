-- Recreates agent_heartbeats with the agent's version, a deletion mark and
-- indexes.
-- All its rows are dropped: every guest agent reports again.

DROP TABLE agent_heartbeats;

CREATE TABLE agent_heartbeats (
    id VARCHAR(36) NOT NULL,
    instance_id VARCHAR(36) NOT NULL,
    guest_agent_version VARCHAR(255),
    deleted BOOLEAN,
    deleted_at TIMESTAMP,
    updated_at TIMESTAMP NOT NULL,
    PRIMARY KEY (id)
);

CREATE UNIQUE INDEX ix_agent_heartbeats_instance_id
    ON agent_heartbeats (instance_id);
CREATE INDEX ix_agent_heartbeats_guest_agent_version
    ON agent_heartbeats (guest_agent_version);
CREATE INDEX ix_agent_heartbeats_deleted ON agent_heartbeats (deleted);
