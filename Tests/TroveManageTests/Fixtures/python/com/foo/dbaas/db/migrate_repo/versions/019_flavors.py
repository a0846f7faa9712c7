"""Flavors come from a file beside the repository's settings."""

import csv
import io
import os
from decimal import Decimal

from sqlalchemy import Column, Integer, MetaData, Numeric, Table, Unicode
from sqlalchemy.sql import expression

FOLDER = os.path.join(os.path.dirname(os.path.abspath(__file__)), os.pardir)

meta = MetaData()

flavors = Table(
    "foo_flavors",
    meta,
    Column("id", Integer, primary_key=True),
    Column("name", Unicode(40), nullable=False),
    Column("ram_mb", Integer, server_default=expression.text("256")),
    Column("price", Numeric(10, 4)),
)


def upgrade(migrate_engine):
    meta.bind = migrate_engine
    flavors.create(checkfirst=True)
    with io.open(os.path.join(FOLDER, "flavors.csv"), encoding="utf-8") as source:
        rows = list(csv.DictReader(source))
    for row in rows:
        flavors.insert(
            values=dict(
                id=int(row["id"]),
                name=row["name"],
                ram_mb=int(row["ram_mb"]),
                price=Decimal(row["price"]) if row["price"] else None,
            )
        ).execute()
    servers = Table("foo_servers", meta, autoload=True)
    join = servers.join(flavors, servers.c.flavor == flavors.c.id)
    ram = {
        row[servers.c.id]: row[flavors.c.ram_mb]
        for row in migrate_engine.execute(
            expression.select([servers.c.id, flavors.c.ram_mb], from_obj=join)
        )
    }
    assert ram == {"server-1": 512, "server-2": 2048, "server-3": 8192, "server-5": 4096}, ram
    column = Column("ram_mb", Integer)
    column.create(servers)
    for server, size in sorted(ram.items()):
        servers.update().where(servers.c.id == server).execute(ram_mb=size)


def downgrade(migrate_engine):
    meta.bind = migrate_engine
    servers = Table("foo_servers", meta, autoload=True)
    servers.c.ram_mb.drop()
    flavors.drop(checkfirst=True)
