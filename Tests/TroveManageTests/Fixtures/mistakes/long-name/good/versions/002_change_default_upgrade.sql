CREATE TABLE notes (id INTEGER, body TEXT DEFAULT 'people_names_that_are_so_long_that_postgresql_cuts_what_is_beyond_here', PRIMARY KEY (id));
