-- migrate: variables
SELECT ${no.such:${tenant}};
