;;
 ; -- nothing
/* here */ ;
SELECT 1;;;SELECT 2;;
;