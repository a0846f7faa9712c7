-- Drops root_enabled_history with all its rows.

DROP TABLE root_enabled_history;
