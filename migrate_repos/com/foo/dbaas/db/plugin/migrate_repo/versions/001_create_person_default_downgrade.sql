-- Drops person with all its rows.

DROP TABLE person;
