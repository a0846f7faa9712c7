-- Drops capability_overrides and capabilities with all their rows.

DROP TABLE capability_overrides;
DROP TABLE capabilities;
