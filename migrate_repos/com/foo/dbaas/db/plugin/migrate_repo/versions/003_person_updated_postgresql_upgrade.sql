-- Adds person.updated, kept by a trigger: when the row last changed, in UTC.
-- Existing rows get NULL until they change.

ALTER TABLE person ADD COLUMN updated TIMESTAMP;

CREATE FUNCTION person_set_updated() RETURNS TRIGGER
LANGUAGE plpgsql
AS $$
BEGIN
    NEW.updated := CURRENT_TIMESTAMP AT TIME ZONE 'UTC';
    RETURN NEW;
END;
$$;

CREATE TRIGGER person_updated
BEFORE UPDATE OF name, email ON person
FOR EACH ROW
EXECUTE FUNCTION person_set_updated();
