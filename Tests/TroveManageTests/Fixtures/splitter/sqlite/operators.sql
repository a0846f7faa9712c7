SELECT 1-1, 2 - -2, 3/3, 4 / 4, 5*5;
SELECT a->'$.b;', c->>'d;' FROM t;
