PREPARE p AS SELECT $1, $2 ;SELECT $1$2;
SELECT a$b$c FROM d$e$; SELECT x$$ FROM y$$;
SELECT $ , $a , $1a ; SELECT 4;
