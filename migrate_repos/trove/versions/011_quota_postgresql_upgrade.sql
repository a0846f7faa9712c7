-- Adds quotas, quota_usages and reservations.

CREATE TABLE quotas (
    id VARCHAR(36) NOT NULL,
    created TIMESTAMP,
    updated TIMESTAMP,
    tenant_id VARCHAR(36),
    resource VARCHAR(255) NOT NULL,
    hard_limit INTEGER,
    PRIMARY KEY (id),
    UNIQUE (tenant_id, resource)
);

CREATE TABLE quota_usages (
    id VARCHAR(36) NOT NULL,
    created TIMESTAMP,
    updated TIMESTAMP,
    tenant_id VARCHAR(36),
    in_use INTEGER,
    reserved INTEGER,
    resource VARCHAR(255) NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (tenant_id, resource)
);

CREATE TABLE reservations (
    created TIMESTAMP,
    updated TIMESTAMP,
    id VARCHAR(36) NOT NULL,
    usage_id VARCHAR(36),
    delta INTEGER NOT NULL,
    status VARCHAR(36),
    PRIMARY KEY (id)
);
