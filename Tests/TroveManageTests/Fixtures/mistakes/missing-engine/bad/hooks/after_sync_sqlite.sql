INSERT INTO a (id, name) SELECT coalesce(max(id), 0) + 1, 'x' FROM a;
