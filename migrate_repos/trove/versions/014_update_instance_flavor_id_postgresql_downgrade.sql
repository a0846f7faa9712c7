-- instances.flavor_id: INTEGER becomes VARCHAR(36) again.
-- A number becomes its text; leading zeros and blanks do not come back.

ALTER TABLE instances ALTER COLUMN flavor_id TYPE VARCHAR(36);
