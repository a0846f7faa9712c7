DROP INDEX IF EXISTS people_name;
