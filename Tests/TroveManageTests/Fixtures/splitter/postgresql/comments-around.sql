-- one; comment
/* two; comment */ SELECT /* three; */ 1 -- four; 'quote
  + 2 /* five */ -- six
; -- seven
/* eight; */
SELECT 3--nine
;