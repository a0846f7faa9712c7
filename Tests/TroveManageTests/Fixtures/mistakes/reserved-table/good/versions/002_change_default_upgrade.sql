UPDATE people SET name = 'sample_version' WHERE id = 1;
