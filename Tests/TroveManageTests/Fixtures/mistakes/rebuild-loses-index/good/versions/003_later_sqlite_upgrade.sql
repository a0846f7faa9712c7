CREATE TABLE new_people (id INTEGER NOT NULL, name TEXT, team_id INTEGER, PRIMARY KEY (id));
INSERT INTO new_people (id, name, team_id) SELECT id, name, team_id FROM people;
DROP TABLE people;
ALTER TABLE new_people RENAME TO people;
CREATE INDEX people_name ON people (name);
CREATE TRIGGER people_touched AFTER UPDATE ON people BEGIN SELECT 1; END;
