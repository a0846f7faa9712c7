-- Drops instance_faults with all its rows.

DROP TABLE instance_faults;
