CREATE TABLE people (
    id INTEGER NOT NULL,
    name VARCHAR(20),
    team_id INTEGER,
    PRIMARY KEY (id)
);
INSERT INTO people (id, name) VALUES (1, 'Ann');
CREATE TYPE mood AS ENUM ('sad');
CREATE MATERIALIZED VIEW totals AS SELECT 1 AS id;
CREATE UNIQUE INDEX totals_id ON totals (id);
