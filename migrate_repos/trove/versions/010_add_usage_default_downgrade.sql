-- Drops usage_events with all its rows.

DROP TABLE usage_events;
