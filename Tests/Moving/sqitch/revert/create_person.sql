-- Revert people:create_person

BEGIN;

DROP TABLE person;

COMMIT;
