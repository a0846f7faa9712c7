-- Revert people:greet_third

BEGIN;

DELETE FROM person WHERE id = 3;
UPDATE person SET visits = visits - 1;

COMMIT;
