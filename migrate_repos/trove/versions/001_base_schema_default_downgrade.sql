-- Drops instances with all its rows.

DROP TABLE instances;
