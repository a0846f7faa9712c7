-- Drops agent_heartbeats with all its rows.

DROP TABLE agent_heartbeats;
