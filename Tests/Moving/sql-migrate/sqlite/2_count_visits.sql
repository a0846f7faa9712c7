-- +migrate Up
ALTER TABLE person ADD COLUMN visits INTEGER NOT NULL DEFAULT 0;
UPDATE person SET visits = visits + 1;
-- +migrate StatementBegin
CREATE TRIGGER person_renamed AFTER UPDATE OF name ON person
BEGIN
  UPDATE person SET visits = 0 WHERE id = NEW.id;
END;
-- +migrate StatementEnd

-- +migrate Down
DROP TRIGGER person_renamed;
ALTER TABLE person DROP COLUMN visits;
