-- Drops the trigger, and person.updated with its values.

DROP TRIGGER person_updated;

ALTER TABLE person DROP COLUMN updated;
