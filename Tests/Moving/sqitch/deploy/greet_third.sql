-- Deploy people:greet_third

BEGIN;

UPDATE person SET visits = visits + 1;
INSERT INTO person VALUES (3, 'third', 0);

COMMIT;
