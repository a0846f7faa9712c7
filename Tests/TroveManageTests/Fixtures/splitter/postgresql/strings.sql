SELECT 'it''s; fine', '', '''', ';', '--', '/*';
SELECT 'a\'; SELECT 'b\\';
