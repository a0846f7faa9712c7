-- it's one "comment
SELECT 1; /* don't; " */ SELECT 2;
