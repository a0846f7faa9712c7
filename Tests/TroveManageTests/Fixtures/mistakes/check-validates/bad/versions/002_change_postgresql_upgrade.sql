ALTER TABLE people ADD CONSTRAINT positive CHECK (id > 0);
