SELECT 1;
SELECT ${tenant} + ${mail.sender};
SELECT '${tenant}';
