-- Adds an index on service_statuses; if it exists already, it stays.

CREATE INDEX IF NOT EXISTS service_statuses_instance_id
    ON service_statuses (instance_id);
