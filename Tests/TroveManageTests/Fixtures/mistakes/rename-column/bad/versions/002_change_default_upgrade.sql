ALTER TABLE people RENAME COLUMN name TO title;
