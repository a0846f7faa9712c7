-- Adds conductor_lastseen.

CREATE TABLE conductor_lastseen (
    instance_id VARCHAR(36) NOT NULL,
    method_name VARCHAR(36) NOT NULL,
    sent FLOAT,
    PRIMARY KEY (instance_id, method_name)
);
