-- What an old version made.
DROP VIEW IF EXISTS old_names;
CREATE VIEW names AS SELECT name FROM a;
