-- Drops instances.encrypted_key.
-- The keys are lost for good; upgrading again leaves them NULL.

ALTER TABLE instances DROP COLUMN encrypted_key;
