-- Verify people:count-visits

SELECT visits FROM person WHERE 1 = 0;
