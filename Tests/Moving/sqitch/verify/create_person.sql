-- Verify people:create_person

SELECT id, name FROM person WHERE 1 = 0;
