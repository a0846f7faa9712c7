/* licence */
-- migrate: variables
SELECT 1; -- migrate: no-transaction
SELECT 2;
