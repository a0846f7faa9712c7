-- migrate: variables, no_transaction
SELECT 1;
