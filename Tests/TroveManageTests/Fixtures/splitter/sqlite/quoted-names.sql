CREATE TABLE "a;b" ("c""d;" INTEGER, "--" INTEGER, "/*" INTEGER);
SELECT 1 AS ";";
