UPDATE sample_version SET version = 7 WHERE repository_id = 'sample';
DELETE FROM trove_migrate_journal WHERE version = 2;
