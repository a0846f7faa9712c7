-- Drops the index on service_statuses.

DROP INDEX service_statuses_instance_id;
