import logging

from migrate import ForeignKeyConstraint
from sqlalchemy import Column
from sqlalchemy import ForeignKey
from sqlalchemy import Integer
from sqlalchemy import MetaData
from sqlalchemy import Table

LOG = logging.getLogger(__name__)


def upgrade(migrate_engine):
    meta = MetaData(bind=migrate_engine)
    servers = Table("foo_servers", meta, autoload=True)
    regions = Table("foo_regions", meta, autoload=True)

    region = Column("region_id", Integer, nullable=True)
    region.create(servers)
    north = migrate_engine.execute(
        regions.select().with_only_columns([regions.c.id]).where(regions.c.name == "north")
    ).scalar()
    servers.update().where(servers.c.flavor != None).values(region_id=north).execute()  # noqa: E711

    ForeignKeyConstraint(
        columns=[servers.c.region_id],
        refcolumns=[regions.c.id],
        name="foo_servers_region_fk",
        ondelete="SET NULL",
    ).create()

    # A column that brings its foreign key.
    volumes = Table("foo_volumes", meta, autoload=True)
    key = ForeignKey("foo_volumes.id", name="foo_volumes_parent_fk")
    Column("parent_id", Integer, key).create(volumes)
    LOG.info("foreign keys of %s", migrate_engine.url.database)


def downgrade(migrate_engine):
    meta = MetaData(bind=migrate_engine)
    servers = Table("foo_servers", meta, autoload=True)
    regions = Table("foo_regions", meta, autoload=True)
    volumes = Table("foo_volumes", meta, autoload=True)

    if migrate_engine.name == "postgresql":
        ForeignKeyConstraint(
            [volumes.c.parent_id], [volumes.c.id], name="foo_volumes_parent_fk"
        ).drop()
    volumes.c.parent_id.drop()

    ForeignKeyConstraint(
        [servers.c.region_id], [regions.c.id], name="foo_servers_region_fk"
    ).drop()
    servers.c.region_id.drop()
