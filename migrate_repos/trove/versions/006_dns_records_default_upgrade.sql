-- Adds dns_records.

CREATE TABLE dns_records (
    name VARCHAR(255) NOT NULL,
    record_id VARCHAR(64),
    PRIMARY KEY (name)
);
