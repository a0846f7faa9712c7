-- Adds backup_strategy.

CREATE TABLE backup_strategy (
    id VARCHAR(36) NOT NULL,
    tenant_id VARCHAR(36) NOT NULL,
    instance_id VARCHAR(36) NOT NULL,
    backend VARCHAR(255) NOT NULL,
    swift_container VARCHAR(255),
    created DATETIME,
    PRIMARY KEY (id),
    CONSTRAINT "UQ_backup_strategy_tenant_id_instance_id"
        UNIQUE (tenant_id, instance_id)
);

CREATE INDEX backup_strategy_tenant_id_instance_id
    ON backup_strategy (tenant_id, instance_id);
