-- Version 2: change
UPDATE people SET name = 'Anna' WHERE id = 1;
