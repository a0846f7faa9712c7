CREATE TABLE owners (
    id INTEGER NOT NULL,
    instance_id VARCHAR(36) REFERENCES instances (id),
    PRIMARY KEY (id)
);
