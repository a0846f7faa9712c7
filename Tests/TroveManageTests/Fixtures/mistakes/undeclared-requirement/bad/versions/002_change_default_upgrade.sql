CREATE TABLE owners (
    id INTEGER NOT NULL,
    instance_id VARCHAR(36) REFERENCES instances (id),
    chief INTEGER REFERENCES owners (id),
    PRIMARY KEY (id)
);
