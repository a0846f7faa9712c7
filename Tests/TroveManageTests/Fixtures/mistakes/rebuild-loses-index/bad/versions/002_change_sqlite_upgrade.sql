CREATE INDEX people_name ON people (name);
CREATE TRIGGER people_touched AFTER UPDATE ON people BEGIN SELECT 1; END;
