CREATE TABLE flavors (id INTEGER PRIMARY KEY, name VARCHAR(255));
CREATE INDEX flavors_name ON flavors (name);
INSERT INTO flavors VALUES (1, 'small'); INSERT INTO flavors VALUES (2, 'large');
