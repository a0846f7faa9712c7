CREATE TABLE notes (id INTEGER, body TEXT);
