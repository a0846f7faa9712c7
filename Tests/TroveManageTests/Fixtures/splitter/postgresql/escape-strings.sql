SELECT E'it\'s; fine', e'\\', E'''', E'\'';
SELECT e'a''b\';c'; SELECT 'a\';
SELECT price'x\', name_e'y\' FROM t; SELECT a1E'z\';
SELECT E'one'
  -- and on
  '\'; two' ; SELECT E'one' 'two\';
SELECT E'one' /* no */
'\'; SELECT 5;
