"""The DB-API module that PostgreSQL's engine gets in the place of psycopg2."""

import datetime

from . import dbapi, errors
from .dbapi import apilevel, threadsafety  # noqa: F401
from .postgresql_cursor import LIBPQ, Cursor, exceptions

paramstyle = "pyformat"
# What SQLAlchemy wants to know of psycopg2.
__version__ = "2.9.9 (trove-manage)"

globals().update(exceptions)

Binary = memoryview
Date = datetime.date
Time = datetime.time
Timestamp = datetime.datetime
DateFromTicks = datetime.date.fromtimestamp
TimestampFromTicks = datetime.datetime.fromtimestamp


def TimeFromTicks(ticks):
    """The time of day of a number of seconds since the epoch."""
    return datetime.datetime.fromtimestamp(ticks).time()


class _Type(frozenset):
    """A DB-API type object: equals the oid of each of its types."""

    __hash__ = frozenset.__hash__

    def __eq__(self, other):
        return other in self if isinstance(other, int) else frozenset.__eq__(self, other)


STRING = _Type((18, 19, 25, 1042, 1043))
BINARY = _Type((17,))
NUMBER = _Type((20, 21, 23, 700, 701, 1700))
DATETIME = _Type((704, 1082, 1083, 1114, 1184, 1186, 1266))
ROWID = _Type((26,))


def connect(*arguments, **options):
    """Only the program opens connections."""
    raise exceptions["NotSupportedError"](
        "connect() is not possible in a migration: use the engine that the function was given"
    )


class Connection(dbapi.Connection):
    """psycopg2's connection; without `autocommit`, the first statement begins a transaction."""

    errors = exceptions
    encoding = "UTF8"
    cursor_factory = None
    dsn = ""
    protocol_version = 3
    closed = property(lambda self: int(self._closed))
    # psycopg2.extensions' STATUS_READY and STATUS_BEGIN.
    status = property(lambda self: 2 if self._pending == self._channel.run else 1)

    def __init__(self, channel):
        super().__init__(channel)
        self._autocommit = False
        self.notices = []
        self.notifies = []

    def cursor(self, name=None, cursor_factory=None, withhold=False, scrollable=None):
        self._check_open()
        if cursor_factory is not None:
            raise exceptions["NotSupportedError"]("a cursor_factory is not possible in a migration")
        return Cursor(self, name)

    @property
    def autocommit(self):
        return self._autocommit

    @autocommit.setter
    def autocommit(self, value):
        if self.status != 1:
            raise exceptions["ProgrammingError"]("set_session cannot be used inside a transaction")
        self._autocommit = bool(value)

    def set_isolation_level(self, level):
        """Takes psycopg2.extensions' numbers; stricter levels than READ COMMITTED cannot be had."""
        if level in (2, 3):
            raise exceptions["NotSupportedError"](
                "this isolation level is not possible in a migration: "
                "all versions of a run share one transaction, which has begun already"
            )
        self._end("rollback")
        self._autocommit = level == 0

    isolation_level = property(lambda self: 0 if self._autocommit else 1, set_isolation_level)

    def set_session(self, isolation_level=None, readonly=None, deferrable=None, autocommit=None):
        """Sets `autocommit`; the rest belongs to the program."""
        if isolation_level or readonly or deferrable:
            raise exceptions["NotSupportedError"](
                "set_session() is not possible in a migration: "
                "all versions of a run share one transaction, which has begun already"
            )
        if autocommit is not None:
            self.autocommit = autocommit

    @property
    def readonly(self):
        return None

    @readonly.setter
    def readonly(self, value):
        self.set_session(readonly=value)

    @property
    def deferrable(self):
        return None

    @deferrable.setter
    def deferrable(self, value):
        self.set_session(deferrable=value)

    def set_client_encoding(self, encoding):
        """Only UTF-8 goes over the channel."""
        if encoding.lower().replace("-", "") not in ("utf8", "unicode"):
            raise exceptions["NotSupportedError"]("the client's encoding is UTF8 in a migration")

    @property
    def server_version(self):
        return int(self._ask_server("SHOW server_version_num"))

    def get_parameter_status(self, parameter):
        return self._ask_server("SELECT current_setting(%s, true)", (parameter,))

    def get_backend_pid(self):
        return self._ask_server("SELECT pg_backend_pid()")

    def get_transaction_status(self):
        # TRANSACTION_STATUS_IDLE and TRANSACTION_STATUS_INTRANS.
        return 0 if self.status == 1 else 2

    def reset(self):
        self.rollback()
        self._autocommit = False

    def perform(self, texts):
        """Executes statements, and commits them when there are no transactions."""
        if not self._autocommit:
            return self.send(texts, [])
        try:
            return self.send(texts, [], commits=True)
        except Exception:
            self._end("rollback")
            raise

    def exception(self, error):
        code = error["code"]
        detail, hint = error.get("detail"), error.get("hint")
        text = error["message"] + "\n"
        text += "DETAIL:  %s\n" % detail if detail else ""
        text += "HINT:  %s\n" % hint if hint else ""
        exception = exceptions[errors.postgres_class(code)](text)
        exception.trove_error = error["id"]
        exception.pgcode = code
        exception.pgerror = "ERROR:  " + text
        exception.diag = errors.Diagnostics(error)
        return exception

    def _ask_server(self, query, vars=None):
        cursor = Cursor(self)
        begun = self.status != 1
        cursor.execute(query, vars)
        value = cursor.fetchone()[0]
        if not begun:
            self._end("rollback")
        return value

    def _check_open(self):
        if self._closed:
            raise exceptions["InterfaceError"]("connection already closed")


for _name in (
    "lobject poll fileno isexecuting cancel get_native_connection "
    "xid tpc_begin tpc_prepare tpc_commit tpc_rollback tpc_recover"
).split():
    setattr(Connection, _name, dbapi.refusal(_name, LIBPQ, exceptions["NotSupportedError"]))
for _name, _class in exceptions.items():
    setattr(Connection, _name, _class)
