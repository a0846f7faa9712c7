-- migrate: variables
SELECT 'dear ${tenant}, ${a b} ${no.such:x;}', "${tenant}";
SELECT 'dear ' || ${tenant};
