-- +migrate Up
CREATE TABLE person (id INTEGER PRIMARY KEY, name VARCHAR(50) NOT NULL);
INSERT INTO person VALUES (1, 'first');

-- +migrate Down
DROP TABLE person;
