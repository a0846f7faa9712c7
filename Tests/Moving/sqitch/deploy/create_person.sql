-- Deploy people:create_person

BEGIN;

CREATE TABLE person (id INTEGER PRIMARY KEY, name VARCHAR(50) NOT NULL);
INSERT INTO person VALUES (1, 'first');

COMMIT;
