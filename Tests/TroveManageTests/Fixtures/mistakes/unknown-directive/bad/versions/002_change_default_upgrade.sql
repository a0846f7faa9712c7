-- migrate: notransaction
SELECT 1;
