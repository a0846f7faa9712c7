-- Drops service_statuses with all its rows.

DROP TABLE service_statuses;
