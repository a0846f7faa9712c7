INSERT INTO people VALUES (1, 'Ann', NULL);
INSERT INTO people (SELECT 2, name, NULL FROM people);
