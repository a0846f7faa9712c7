ALTER TABLE people RENAME TO old_people;
CREATE TABLE people (id INTEGER NOT NULL, name TEXT, team_id INTEGER, PRIMARY KEY (id));
INSERT INTO people (id, name, team_id) SELECT id, name, team_id FROM old_people;
-- migrate: ignore drop-table: its rows are in the new one
DROP TABLE old_people;
