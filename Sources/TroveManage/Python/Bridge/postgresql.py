"""The DB-API module that PostgreSQL's engine gets in the place of psycopg2."""

import datetime

from . import dbapi, errors, literals, reading
from .dbapi import apilevel, threadsafety

paramstyle = "pyformat"
# What SQLAlchemy wants to know of psycopg2.
__version__ = "2.9.9 (trove-manage)"

_errors = errors.hierarchy("psycopg2", errors.PostgresErrorBase)
globals().update(_errors)

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

# Sizes and the like of a column.
_UNKNOWN = (None,) * 5
# Statements that one call carries at most.
_BATCH = 500


def connect(*arguments, **options):
    """Only the program opens connections."""
    raise _errors["NotSupportedError"](
        "connect() is not possible in a migration: use the engine that the function was given"
    )


class Cursor(dbapi.Cursor):
    """psycopg2's cursor; a named one has all of its rows at once, too."""

    itersize = 2000
    lastrowid = 0
    query = statusmessage = None
    rownumber = property(lambda self: self._next)
    closed = property(lambda self: self._closed or self.connection._closed)

    def __init__(self, connection, name=None):
        super().__init__(connection)
        self.name = name
        self.scrollable = self.withhold = None

    def __enter__(self):
        return self

    def __exit__(self, kind, value, trace):
        self.close()

    def execute(self, query, vars=None):
        """Executes a statement; `%s` and `%(name)s` stand for parameters."""
        self._check_open()
        text = self._merge(query, vars)
        self._take(self.connection.perform([text]))
        self.query = text.encode()

    def executemany(self, query, vars_list):
        """Executes a statement once for each set of parameters."""
        self._check_open()
        self._take({"columns": None, "count": -1})
        total, texts = 0, []
        for vars in vars_list:
            texts.append(self._merge(query, vars))
            if len(texts) == _BATCH:
                total += self.connection.perform(texts)["count"]
                texts = []
        if texts:
            total += self.connection.perform(texts)["count"]
        self.rowcount = total

    def mogrify(self, query, vars=None):
        """The statement as it would be executed."""
        return self._merge(query, vars).encode()

    def callproc(self, procname, parameters=None):
        """Selects all that a function returns."""
        parameters = parameters or ()
        if hasattr(parameters, "keys"):
            marks = ",".join('"%s" := %%(%s)s' % (name, name) for name in parameters)
        else:
            marks = ",".join(["%s"] * len(parameters))
        self.execute("SELECT * FROM %s(%s)" % (procname, marks), parameters)
        return parameters

    def scroll(self, value, mode="relative"):
        """Moves among the rows."""
        self._check_rows()
        target = value + (self._next if mode == "relative" else 0)
        if not 0 <= target <= len(self._rows):
            raise _errors["ProgrammingError"]("scroll destination out of bounds")
        self._next = target

    def cast(self, oid, text):
        """The Python value of a text form."""
        read = reading.READERS.get(oid)
        return text if read is None or text is None else read(text)

    def _merge(self, query, vars):
        if isinstance(query, bytes):
            query = query.decode()
        elif not isinstance(query, str):
            # psycopg2.sql's objects want a connection of libpq's.
            raise TypeError("argument 1 must be a string")
        if not query.strip():
            raise _errors["ProgrammingError"]("can't execute an empty query")
        try:
            return literals.merge(query, vars)
        except literals.Unsupported as reason:
            text = str(reason)
            kind = "DataError" if text.startswith("the integer") else "ProgrammingError"
            raise _errors[kind](text) from None

    def _take(self, answer):
        columns = answer["columns"]
        self.rowcount = answer["count"]
        self._next = 0
        if columns is None:
            self.description, self._rows = None, []
            return
        self.description = tuple([(name, oid) + _UNKNOWN for name, oid in columns])
        try:
            self._rows = reading.rows(columns, answer["rows"])
        except reading.Unreadable as reason:
            raise _errors["DataError"](str(reason)) from None
        if self.rowcount < 0:
            self.rowcount = len(self._rows)

    def _check_open(self):
        if self._closed:
            raise _errors["InterfaceError"]("cursor already closed")
        self.connection._check_open()

    def _check_rows(self):
        self._check_open()
        if self.description is None:
            raise _errors["ProgrammingError"]("no results to fetch")


class Connection(dbapi.Connection):
    """psycopg2's connection; without `autocommit`, the first statement begins a transaction."""

    errors = _errors
    cursor_class = Cursor
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
            raise _errors["NotSupportedError"]("a cursor_factory is not possible in a migration")
        return Cursor(self, name)

    @property
    def autocommit(self):
        return self._autocommit

    @autocommit.setter
    def autocommit(self, value):
        if self.status != 1:
            raise _errors["ProgrammingError"]("set_session cannot be used inside a transaction")
        self._autocommit = bool(value)

    def set_isolation_level(self, level):
        """Takes psycopg2.extensions' numbers; stricter levels than READ COMMITTED cannot be had."""
        if level in (2, 3):
            raise _errors["NotSupportedError"](
                "this isolation level is not possible in a migration: "
                "all versions of a run share one transaction, which has begun already"
            )
        self._end("rollback")
        self._autocommit = level == 0

    isolation_level = property(lambda self: 0 if self._autocommit else 1, set_isolation_level)

    def set_session(self, isolation_level=None, readonly=None, deferrable=None, autocommit=None):
        """Sets `autocommit`; the rest belongs to the program."""
        if isolation_level or readonly or deferrable:
            raise _errors["NotSupportedError"](
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
            raise _errors["NotSupportedError"]("the client's encoding is UTF8 in a migration")

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
            answer = self.send(texts, [])
        except Exception:
            self._end("rollback")
            raise
        self._end("commit")
        return answer

    def exception(self, error):
        code = error["code"]
        detail, hint = error.get("detail"), error.get("hint")
        text = error["message"] + "\n"
        text += "DETAIL:  %s\n" % detail if detail else ""
        text += "HINT:  %s\n" % hint if hint else ""
        exception = _errors[errors.postgres_class(code)](text)
        exception.trove_error = error["id"]
        exception.pgcode = code
        exception.pgerror = "ERROR:  " + text
        exception.diag = errors.Diagnostics(error)
        return exception

    def _ask_server(self, query, vars=None):
        cursor = Cursor(self)
        pending = self._pending
        cursor.execute(query, vars)
        value = cursor.fetchone()[0]
        if not pending:
            self._end("rollback")
        return value

    def _check_open(self):
        if self._closed:
            raise _errors["InterfaceError"]("connection already closed")


_LIBPQ = "statements go over the program's connection, which offers statements only"
for _name in "copy_from copy_to copy_expert nextset".split():
    setattr(Cursor, _name, dbapi.refusal(_name, _LIBPQ, _errors["NotSupportedError"]))
for _name in (
    "lobject poll fileno isexecuting cancel get_native_connection "
    "xid tpc_begin tpc_prepare tpc_commit tpc_rollback tpc_recover"
).split():
    setattr(Connection, _name, dbapi.refusal(_name, _LIBPQ, _errors["NotSupportedError"]))
for _name, _class in _errors.items():
    setattr(Connection, _name, _class)
