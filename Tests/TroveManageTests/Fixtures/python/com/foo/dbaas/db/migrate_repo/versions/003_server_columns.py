from sqlalchemy import Boolean
from sqlalchemy import Column
from sqlalchemy import Float
from sqlalchemy import Integer
from sqlalchemy import MetaData
from sqlalchemy import String
from sqlalchemy import Table


def upgrade(migrate_engine):
    meta = MetaData()
    meta.bind = migrate_engine
    servers = Table("foo_servers", meta, autoload=True)

    tenant = Column("tenant", String(64), nullable=True)
    tenant.create(servers, index_name="foo_servers_tenant")
    weight = Column("weight", Float(), default=1.5)
    servers.create_column(weight, populate_default=True)
    servers.create_column(Column("replicas", Integer(), nullable=False, server_default="0"))
    servers.create_column(Column("active", Boolean(create_constraint=False)))

    servers.update().where(servers.c.deleted == False).values(active=True).execute()  # noqa: E712
    servers.update().where(servers.c.flavor.in_([1, 2])).values(tenant="tenant-a").execute()
    servers.update().where(servers.c.tenant.is_(None)).values(weight=None).execute()


def downgrade(migrate_engine):
    meta = MetaData(bind=migrate_engine)
    servers = Table("foo_servers", meta, autoload=True)
    servers.drop_column("active")
    servers.drop_column("replicas")
    servers.c.weight.drop()
    # An index goes with its column on PostgreSQL; on SQLite the table is built anew.
    for index in list(servers.indexes):
        if index.name == "foo_servers_tenant":
            index.drop()
    servers.c.tenant.drop()
