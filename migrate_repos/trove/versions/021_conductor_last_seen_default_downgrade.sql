-- Drops conductor_lastseen with all its rows.

DROP TABLE conductor_lastseen;
