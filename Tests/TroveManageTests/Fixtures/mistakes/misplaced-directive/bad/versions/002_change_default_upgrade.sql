SELECT 1;
-- migrate: variables
SELECT 2;
