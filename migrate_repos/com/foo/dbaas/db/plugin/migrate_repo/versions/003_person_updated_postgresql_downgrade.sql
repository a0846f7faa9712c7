-- Drops the trigger with its function, and person.updated with its values.

DROP TRIGGER person_updated ON person;
DROP FUNCTION person_set_updated();

ALTER TABLE person DROP COLUMN updated;
