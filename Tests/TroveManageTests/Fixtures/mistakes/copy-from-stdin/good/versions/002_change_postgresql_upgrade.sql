INSERT INTO people (id, name) VALUES (2, 'Ann''s');
