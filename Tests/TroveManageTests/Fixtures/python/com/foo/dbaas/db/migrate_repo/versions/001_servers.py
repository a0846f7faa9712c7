from sqlalchemy import BigInteger
from sqlalchemy import Column
from sqlalchemy import ForeignKey
from sqlalchemy import Integer
from sqlalchemy import MetaData

from com.foo.dbaas.db.migrate_repo.schema import Boolean
from com.foo.dbaas.db.migrate_repo.schema import create_tables
from com.foo.dbaas.db.migrate_repo.schema import DateTime
from com.foo.dbaas.db.migrate_repo.schema import drop_tables
from com.foo.dbaas.db.migrate_repo.schema import String
from com.foo.dbaas.db.migrate_repo.schema import Table
from com.foo.dbaas.db.migrate_repo.schema import Text

meta = MetaData()

servers = Table(
    "foo_servers",
    meta,
    Column("id", String(36), primary_key=True, nullable=False),
    Column("hostname", String(255), nullable=False),
    Column("description", Text()),
    Column("flavor", Integer()),
    Column("size_gb", Integer()),
    Column("settings", Text()),
    Column("created", DateTime()),
    Column("updated", DateTime()),
    Column("deleted", Boolean()),
)

volumes = Table(
    "foo_volumes",
    meta,
    Column("id", Integer(), primary_key=True, autoincrement=True),
    Column("server_id", String(36), ForeignKey("foo_servers.id"), nullable=False),
    Column("bytes", BigInteger()),
    Column("device", String(32), server_default="vdb"),
)


def upgrade(migrate_engine):
    meta.bind = migrate_engine
    create_tables([servers, volumes])


def downgrade(migrate_engine):
    meta.bind = migrate_engine
    drop_tables([volumes, servers])
