"""The engine that a script gets: SQLAlchemy's own dialects over the program's connection."""

import os

import sqlalchemy
from sqlalchemy import event, exc
from sqlalchemy.dialects import registry
from sqlalchemy.engine import Engine, make_url
from sqlalchemy.pool import QueuePool

from . import watch

# The name of these dialects' driver; the engine's URL does not show it.
_DRIVER = "trove_manage"


def sqlite_dialect():
    """pysqlite's dialect without what it registers in SQLite's library."""
    from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite

    class SQLiteDialect(SQLiteDialect_pysqlite):
        supports_statement_cache = True

        def on_connect(self):
            return None

    return SQLiteDialect


def postgresql_dialect():
    """psycopg2's dialect without psycopg2."""
    from sqlalchemy.dialects.postgresql.psycopg2 import PGDialect_psycopg2

    from . import extras

    # A method in SQLAlchemy 1.4, an attribute in 2.0.
    called = isinstance(PGDialect_psycopg2.__dict__["_psycopg2_extras"], classmethod)
    source = staticmethod(lambda: extras) if called else extras

    class PGDialect(PGDialect_psycopg2):
        supports_statement_cache = True
        _psycopg2_extras = _psycopg2_extensions = source

        def __init__(self, **options):
            super().__init__(use_native_hstore=False, **options)

        def on_connect(self):
            return None

        def _hstore_oids(self, connection):
            return None

        def do_begin_twophase(self, connection, xid):
            # In 1.4 it would prepare the program's own transaction.
            self.dbapi.Connection.tpc_begin(connection, xid)

        def reset_isolation_level(self, connection):
            # The transaction has the level that the program gave it.
            connection.autocommit = False

    return PGDialect


def load(dialect):
    """The DB-API module for a dialect, and SQLAlchemy's class for it."""
    if dialect == "sqlite":
        from . import sqlite

        return sqlite, sqlite_dialect()
    from . import postgresql

    return postgresql, postgresql_dialect()


def make_engine(channel, dialect, url, records):
    """An engine whose connections are the channel's, and tell who looks when there are `records`."""
    module, dialect_class = load(dialect)
    if dialect == "sqlite":
        _learn_version(module, channel)
    if records:
        watch.watch_results()
        watch.watch_cursors(module.Cursor)
    name = "%s.%s" % (dialect, _DRIVER)
    registry.impls[name] = lambda: dialect_class
    target = make_url(url)
    engine = sqlalchemy.create_engine(
        target.set(drivername="%s+%s" % (dialect, _DRIVER)),
        module=module,
        creator=lambda: module.Connection(channel),
        **_pool(dialect_class, target)
    )
    engine.url = target
    return engine


def _pool(dialect_class, url):
    """The dialect's pool, without a limit: its connections are but numbers."""
    options = {"poolclass": dialect_class.get_pool_class(url)}
    if issubclass(options["poolclass"], QueuePool):
        options["max_overflow"] = -1
    return options


def _learn_version(module, channel):
    connection = module.Connection(channel)
    version = connection.execute("SELECT sqlite_version()").fetchone()[0]
    module.sqlite_version = module.version = version
    module.sqlite_version_info = tuple(int(part) for part in version.split("."))


def refuse_connections(dialect, url):
    """Lets no engine of a script's own open the database that is being migrated."""
    ours = _place(dialect, make_url(url))

    def refuse(other, record, arguments, options):
        if other.name == dialect and _same(dialect, ours, _opened(dialect, arguments, options)):
            raise exc.InvalidRequestError(
                "a migration must not open a connection of its own to the database that is being "
                "migrated, since it would wait for the run's transaction or escape it: "
                "use the engine that the function was given"
            )

    event.listen(Engine, "do_connect", refuse)


def _place(dialect, url):
    if dialect == "sqlite":
        return url.database
    host = url.query.get("host", url.host)
    return _server(host, url.query.get("port", url.port), url.database or url.username)


def _opened(dialect, arguments, options):
    """Where a connection's arguments lead to."""
    if dialect == "sqlite":
        return arguments[0] if arguments else options.get("database")
    database = options.get("dbname") or options.get("database") or options.get("user")
    return _server(options.get("host"), options.get("port"), database)


def _server(host, port, database):
    if isinstance(host, str):
        host = host.split(",")
    hosts = list(host or [os.environ.get("PGHOST", "localhost")])
    if isinstance(port, str):
        port = port.split(",")[0]
    # `host:port` in a list of hosts.
    for index, name in enumerate(hosts):
        if name.count(":") == 1:
            hosts[index], _, port = name.partition(":")
    port = int(port or os.environ.get("PGPORT", 5432))
    return {_host(name) for name in hosts}, port, database


def _host(name):
    """One name for this machine, however it is reached."""
    name = name.lower()
    local = name in ("", "localhost", "::1") or name.startswith(("/", "@", "127."))
    return "localhost" if local else name


def _same(dialect, ours, other):
    if dialect != "sqlite":
        return ours[1:] == other[1:] and not ours[0].isdisjoint(other[0])
    if not ours or not other:
        return False
    other = os.fsdecode(other)
    if other.startswith("file:"):
        other = other[5:].partition("?")[0]
        other = "/" + other.lstrip("/") if other.startswith("/") else other
    return os.path.realpath(ours) == os.path.realpath(other)
