COPY people (id, name) FROM STDIN;
1	Ann's
\.
SELECT 1;
