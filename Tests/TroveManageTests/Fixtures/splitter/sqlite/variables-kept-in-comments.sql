-- migrate: variables
-- ${no.such}
SELECT 1 /* ${ */ + ${tenant} -- ${no.such}
;
