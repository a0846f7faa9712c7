-- +migrate Up
ALTER TABLE person ADD COLUMN visits INTEGER NOT NULL DEFAULT 0;
UPDATE person SET visits = visits + 1;
-- +migrate StatementBegin
CREATE FUNCTION person_renamed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.visits := 0;
  RETURN NEW;
END;
$$;
-- +migrate StatementEnd
CREATE TRIGGER person_renamed BEFORE UPDATE OF name ON person FOR EACH ROW EXECUTE FUNCTION person_renamed();

-- +migrate Down
DROP TRIGGER person_renamed ON person;
DROP FUNCTION person_renamed();
ALTER TABLE person DROP COLUMN visits;
