-- Drops instances.cluster_id, instances.shard_id and instances.type with their
-- values, and clusters with all its rows.

ALTER TABLE instances
    DROP COLUMN cluster_id,
    DROP COLUMN shard_id,
    DROP COLUMN type;

DROP TABLE clusters;
