CREATE TABLE others (id INTEGER NOT NULL, name VARCHAR(20), team_id INTEGER, PRIMARY KEY (id));
INSERT INTO others (id, name, team_id) SELECT * FROM people;
