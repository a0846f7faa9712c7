-- migrate: variables
SELECT 1,
  ${no.such};
