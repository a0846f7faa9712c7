-- migrate: variables
-- Adds instances.region_id.
-- Existing rows get the configured region.

ALTER TABLE instances ADD COLUMN region_id VARCHAR(255);

UPDATE instances SET region_id = ${service_credentials.region_name:RegionOne};
