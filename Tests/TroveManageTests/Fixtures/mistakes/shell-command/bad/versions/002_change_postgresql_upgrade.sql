\i other.sql
SELECT 1;
\echo done
