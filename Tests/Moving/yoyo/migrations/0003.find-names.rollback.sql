DELETE FROM person WHERE id = 3;
UPDATE person SET visits = visits - 1;
DROP INDEX person_name;
