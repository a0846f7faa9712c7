INSERT INTO t VALUES ('100%', '%s', '{0}', '#{x}', '?', ':name', '@x');
SELECT '${kept}', "begin", begin, end FROM commit;
