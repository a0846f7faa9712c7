COPY t FROM '/tmp/t.csv' (FORMAT csv);
COPY t (a, b) TO STDOUT;
COPY (SELECT a FROM stdin) TO PROGRAM 'cat';
CREATE FUNCTION f() RETURNS void LANGUAGE plpgsql AS $$ BEGIN COPY t FROM STDIN; END $$;
SELECT copy FROM stdin;
