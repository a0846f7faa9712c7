-- +migrate Up notransaction
CREATE INDEX CONCURRENTLY person_name ON person (name);
UPDATE person SET visits = visits + 1;
INSERT INTO person VALUES (3, 'third', 0);

-- +migrate Down notransaction
DELETE FROM person WHERE id = 3;
UPDATE person SET visits = visits - 1;
DROP INDEX CONCURRENTLY person_name;
