-- Adds security groups, their rules and their instances.

CREATE TABLE security_groups (
    id VARCHAR(36) NOT NULL,
    name VARCHAR(255),
    description VARCHAR(255),
    user VARCHAR(255),
    tenant_id VARCHAR(255),
    created DATETIME,
    updated DATETIME,
    deleted BOOLEAN,
    deleted_at DATETIME,
    PRIMARY KEY (id),
    CHECK (deleted IN (0, 1))
);

CREATE TABLE security_group_rules (
    id VARCHAR(36) NOT NULL,
    group_id VARCHAR(36),
    parent_group_id VARCHAR(36),
    protocol VARCHAR(255),
    from_port INTEGER,
    to_port INTEGER,
    cidr VARCHAR(255),
    created DATETIME,
    updated DATETIME,
    deleted BOOLEAN,
    deleted_at DATETIME,
    PRIMARY KEY (id),
    FOREIGN KEY (group_id) REFERENCES security_groups (id)
        ON DELETE CASCADE ON UPDATE CASCADE,
    FOREIGN KEY (parent_group_id) REFERENCES security_groups (id)
        ON DELETE CASCADE ON UPDATE CASCADE,
    CHECK (deleted IN (0, 1))
);

CREATE TABLE security_group_instance_associations (
    id VARCHAR(36) NOT NULL,
    security_group_id VARCHAR(36),
    instance_id VARCHAR(36),
    created DATETIME,
    updated DATETIME,
    deleted BOOLEAN,
    deleted_at DATETIME,
    PRIMARY KEY (id),
    FOREIGN KEY (security_group_id) REFERENCES security_groups (id)
        ON DELETE CASCADE ON UPDATE CASCADE,
    FOREIGN KEY (instance_id) REFERENCES instances (id)
        ON DELETE CASCADE ON UPDATE CASCADE,
    CHECK (deleted IN (0, 1))
);
