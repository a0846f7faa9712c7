-- Adds instances.service_type.
-- Existing rows get 'mysql'.

ALTER TABLE instances ADD COLUMN service_type VARCHAR(36);

UPDATE instances SET service_type = 'mysql';
