UPDATE people SET name = 'x' WHERE id = 1;
CREATE VIEW names AS SELECT name FROM people;
