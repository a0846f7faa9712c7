CREATE TABLE people (
    id INTEGER NOT NULL,
    name VARCHAR(20),
    team_id INTEGER,
    PRIMARY KEY (id)
);
INSERT INTO people (id, name) VALUES (1, 'Ann');
