-- migrate: variables
SELECT 1;
