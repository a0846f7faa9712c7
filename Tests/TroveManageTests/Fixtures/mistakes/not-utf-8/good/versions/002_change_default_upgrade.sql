UPDATE people SET name = 'Jörg' WHERE name = 'Jör';
