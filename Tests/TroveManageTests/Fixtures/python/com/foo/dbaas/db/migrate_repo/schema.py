"""What the versions of this repository make their tables with."""

import logging

import sqlalchemy
from sqlalchemy import types

LOG = logging.getLogger(__name__)


def Table(name, metadata, *columns, **options):
    """A table whose engine and character set are the service's on MySQL."""
    options.setdefault("mysql_engine", "InnoDB")
    options.setdefault("mysql_charset", "utf8")
    return sqlalchemy.Table(name, metadata, *columns, **options)


def String(length):
    return types.String(length=length)


def Text():
    return types.Text()


def DateTime():
    return types.DateTime(timezone=False)


def Boolean():
    return types.Boolean(create_constraint=True, name=None)


def create_tables(tables):
    for table in tables:
        LOG.info("creating table %s", table.name)
        try:
            table.create()
        except Exception:
            LOG.exception("table %s cannot be created", table.name)
            raise


def drop_tables(tables):
    for table in tables:
        LOG.info("dropping table %s", table.name)
        try:
            table.drop()
        except Exception:
            LOG.exception("table %s cannot be dropped", table.name)
            raise
