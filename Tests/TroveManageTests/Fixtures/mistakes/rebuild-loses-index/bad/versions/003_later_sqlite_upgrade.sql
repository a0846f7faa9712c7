CREATE TABLE new_people (id INTEGER NOT NULL, name TEXT, team_id INTEGER, PRIMARY KEY (id));
INSERT INTO new_people (id, name, team_id) SELECT id, name, team_id FROM people;
DROP TABLE people;
ALTER TABLE new_people RENAME TO people;
