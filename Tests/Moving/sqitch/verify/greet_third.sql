-- Verify people:greet_third

SELECT 1 / count(*) FROM person WHERE id = 3;
