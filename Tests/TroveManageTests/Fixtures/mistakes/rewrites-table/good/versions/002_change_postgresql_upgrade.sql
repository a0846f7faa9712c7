ALTER TABLE people SET (fillfactor = 70);
