-- instances.flavor_id: INTEGER becomes VARCHAR(255).
-- A number becomes its text.

ALTER TABLE instances ALTER COLUMN flavor_id TYPE VARCHAR(255);
