-- Adds root_enabled_history.

CREATE TABLE root_enabled_history (
    id VARCHAR(36) NOT NULL,
    user VARCHAR(255),
    created DATETIME,
    PRIMARY KEY (id)
);
