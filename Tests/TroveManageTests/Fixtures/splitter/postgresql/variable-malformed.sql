-- migrate: variables
SELECT ${tenant}, ${a.b.c};
