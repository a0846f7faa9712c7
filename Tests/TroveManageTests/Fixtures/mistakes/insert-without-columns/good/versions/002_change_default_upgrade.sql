INSERT INTO people (id, name) VALUES (2, 'Ann');
INSERT INTO people (id) SELECT 3;
