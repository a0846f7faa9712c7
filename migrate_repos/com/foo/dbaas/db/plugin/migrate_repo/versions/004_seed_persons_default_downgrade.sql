-- Removes the two persons that the upgrade added, with their links to instances.
-- What was changed in them since does not come back.

-- SQLite migrates with foreign keys off, so ON DELETE CASCADE does not do this.
DELETE FROM person_instance
WHERE person_id IN (
    '30000000-0000-0000-0000-000000000001',
    '30000000-0000-0000-0000-000000000002'
);

DELETE FROM person
WHERE id IN (
    '30000000-0000-0000-0000-000000000001',
    '30000000-0000-0000-0000-000000000002'
);
