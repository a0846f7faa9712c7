ALTER TABLE people ADD COLUMN mail TEXT;
CREATE UNIQUE INDEX people_mail ON people (mail);
