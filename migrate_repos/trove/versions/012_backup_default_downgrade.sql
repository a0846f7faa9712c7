-- Drops backups with all its rows.

DROP TABLE backups;
