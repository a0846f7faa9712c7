-- Drops person_instance with all its rows.

DROP TABLE person_instance;
