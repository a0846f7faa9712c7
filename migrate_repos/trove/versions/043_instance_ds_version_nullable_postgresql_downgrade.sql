-- instances.datastore_version_id becomes NOT NULL again.
-- Instances without a version get 'Unknown Legacy Version' of the datastore
-- 'Legacy MySQL', as in version 19. That they had none does not come back.

INSERT INTO datastores (id, name)
SELECT '10000000-0000-0000-0000-000000000001', 'Legacy MySQL'
WHERE EXISTS (SELECT 1 FROM instances WHERE datastore_version_id IS NULL)
ON CONFLICT (id) DO NOTHING;

INSERT INTO datastore_versions (
    id, datastore_id, name, image_id, packages, active, manager
)
SELECT
    '20000000-0000-0000-0000-000000000002',
    '10000000-0000-0000-0000-000000000001',
    'Unknown Legacy Version',
    COALESCE(
        (SELECT MIN(id) FROM service_images WHERE service_name = 'mysql'),
        '00000000-0000-0000-0000-000000000000'
    ),
    '',
    FALSE,
    'mysql'
WHERE EXISTS (SELECT 1 FROM instances WHERE datastore_version_id IS NULL)
ON CONFLICT (id) DO NOTHING;

UPDATE instances
SET datastore_version_id = '20000000-0000-0000-0000-000000000002'
WHERE datastore_version_id IS NULL;

ALTER TABLE instances ALTER COLUMN datastore_version_id SET NOT NULL;
