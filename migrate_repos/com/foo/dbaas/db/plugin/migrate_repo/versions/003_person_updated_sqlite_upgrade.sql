-- Adds person.updated, kept by a trigger: when the row last changed, in UTC.
-- Existing rows get NULL until they change.

ALTER TABLE person ADD COLUMN updated DATETIME;

CREATE TRIGGER person_updated
AFTER UPDATE OF name, email ON person
FOR EACH ROW
BEGIN
    UPDATE person
    SET updated = CURRENT_TIMESTAMP
    WHERE id = NEW.id;
END;
