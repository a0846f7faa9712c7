SELECT 1;
COPY public.t (a, "from") FROM stdin;
1	it's
\.
