-- migrate: variables
SELECT ${tenant:x;
SELECT 2}; 
