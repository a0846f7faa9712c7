-- Drops guest_agent_version, deleted, deleted_at and the indexes of
-- agent_heartbeats.
-- The values of the three columns are lost; all rows stay, deleted ones without
-- the mark.

DROP INDEX ix_agent_heartbeats_instance_id;

ALTER TABLE agent_heartbeats
    DROP COLUMN guest_agent_version,
    DROP COLUMN deleted,
    DROP COLUMN deleted_at,
    ALTER COLUMN updated_at DROP NOT NULL;
