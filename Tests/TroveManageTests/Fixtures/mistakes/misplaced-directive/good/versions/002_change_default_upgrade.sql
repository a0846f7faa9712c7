-- migrate: variables
SELECT 1;
SELECT 2;
