CREATE TABLE others (id INTEGER NOT NULL, name VARCHAR(20), team_id INTEGER, PRIMARY KEY (id));
INSERT INTO others (id, name, team_id) SELECT id, name, team_id FROM people WHERE EXISTS (SELECT * FROM people);
