-- Drops backup_strategy with all its rows.

DROP TABLE backup_strategy;
