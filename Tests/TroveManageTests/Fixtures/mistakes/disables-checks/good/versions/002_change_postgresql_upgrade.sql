SET session_replication_role = 'origin';
ALTER TABLE people ENABLE TRIGGER ALL;
