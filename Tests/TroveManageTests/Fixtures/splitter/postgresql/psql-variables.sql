SELECT :name, :'name', :"name", a::text, b[1:2];
SELECT 2;
