-- depends: 0002.count-visits
CREATE INDEX person_name ON person (name);
UPDATE person SET visits = visits + 1;
INSERT INTO person VALUES (3, 'third', 0);
