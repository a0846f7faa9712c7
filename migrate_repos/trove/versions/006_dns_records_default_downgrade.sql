-- Drops dns_records with all its rows.

DROP TABLE dns_records;
