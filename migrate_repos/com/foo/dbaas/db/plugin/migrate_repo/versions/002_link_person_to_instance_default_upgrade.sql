-- Adds person_instance: who is responsible for which of Trove's instances.
-- A link goes when its person or its instance goes.

CREATE TABLE person_instance (
    person_id VARCHAR(36) NOT NULL,
    instance_id VARCHAR(36) NOT NULL,
    PRIMARY KEY (person_id, instance_id),
    FOREIGN KEY (person_id) REFERENCES person (id) ON DELETE CASCADE,
    FOREIGN KEY (instance_id) REFERENCES instances (id) ON DELETE CASCADE
);

CREATE INDEX person_instance_instance_id ON person_instance (instance_id);
