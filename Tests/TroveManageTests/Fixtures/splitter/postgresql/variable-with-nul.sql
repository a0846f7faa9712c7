-- migrate: variables
SELECT ${nul};
