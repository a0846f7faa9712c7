"""The DB-API module that SQLite's engine gets in the place of sqlite3."""

import re

from . import dbapi, errors
from .dbapi import apilevel, threadsafety  # noqa: F401
from .values import Unsupported, bind

paramstyle = "qmark"
PARSE_DECLTYPES, PARSE_COLNAMES = 1, 2
# What the program's library says; set when the first engine is made.
sqlite_version = version = "3.37.0"
sqlite_version_info = version_info = (3, 37, 0)
Binary = memoryview

_errors = errors.hierarchy("sqlite3", errors.SQLiteErrorBase)
globals().update(_errors)

_HEAD = re.compile(r"(?:\s+|--[^\n]*(?:\n|\Z)|/\*.*?(?:\*/|\Z)|;)*([A-Za-z]*)", re.DOTALL)
_SAVEPOINT = re.compile(r"[\s\"`\[]*(?:SAVEPOINT\b)?[\s\"`\[]*([^\s\"`\];]+)", re.IGNORECASE)
_TO = re.compile(r"\s+(TRANSACTION\s+)?TO\b", re.IGNORECASE)
_CHANGING = frozenset(("INSERT", "UPDATE", "DELETE", "REPLACE"))
_BEGINNING = frozenset(("BEGIN", "SAVEPOINT"))
# All that sqlite3 does not say about a column.
_UNKNOWN = (None,) * 6
# Executions that one call carries at most.
_BATCH = 500
# An open transaction that sqlite3 would have begun, or the statement BEGIN.
_BEGUN = object()


def connect(*arguments, **options):
    """Only the program opens connections."""
    raise _errors["NotSupportedError"](
        "connect() is not possible in a migration: use the engine that the function was given"
    )


def complete_statement(text):
    """Whether the text ends with a whole statement."""
    import sqlite3

    return sqlite3.complete_statement(text)


def _statements(script):
    """The statements of a script; semicolons within one do not end it."""
    start = end = 0
    while end < len(script):
        end = script.find(";", end) + 1 or len(script)
        statement = script[start:end]
        if end == len(script) or complete_statement(statement):
            start = end
            if _HEAD.match(statement).group(1):
                yield statement


class Cursor(dbapi.Cursor):
    """sqlite3's cursor."""

    def __init__(self, connection):
        super().__init__(connection)
        self.lastrowid = None
        self.row_factory = connection.row_factory

    def execute(self, operation, parameters=()):
        """Executes one statement; it has qmark or named placeholders."""
        self._check_open()
        head = _HEAD.match(operation)
        word = head.group(1).upper()
        values = self._bind(operation, parameters)
        answer = self.connection.perform(operation, head.end(), word, [values])
        self._take(answer)
        self.rowcount = answer["count"] if word in _CHANGING else -1
        self.lastrowid = answer.get("last")
        return self

    def executemany(self, operation, parameters):
        """Executes an INSERT, UPDATE, DELETE or REPLACE once for each set of parameters."""
        self._check_open()
        head = _HEAD.match(operation)
        word = head.group(1).upper()
        if word not in _CHANGING:
            raise _errors["ProgrammingError"]("executemany() can only execute DML statements.")
        self._take({"columns": None})
        self.rowcount, batch = 0, []
        for values in parameters:
            batch.append(self._bind(operation, values))
            if len(batch) == _BATCH:
                self._perform_batch(operation, head.end(), word, batch)
                batch = []
        if batch:
            self._perform_batch(operation, head.end(), word, batch)
        return self

    def executescript(self, script):
        """Commits, and executes statement after statement, each committed at once."""
        self._check_open()
        connection = self.connection
        connection.commit()
        level, connection.isolation_level = connection.isolation_level, None
        try:
            for statement in _statements(script):
                self.execute(statement)
        finally:
            connection.isolation_level = level
        return self

    def _perform_batch(self, operation, end, word, batch):
        answer = self.connection.perform(operation, end, word, batch)
        self._note(answer)
        self.rowcount += answer["count"]

    def _bind(self, operation, parameters):
        try:
            return bind(operation, parameters)
        except Unsupported as reason:
            raise _errors["ProgrammingError"](str(reason)) from None

    def _take(self, answer):
        self._note(answer)
        columns = answer["columns"]
        self._next = 0
        if columns is None:
            self.description, self._rows = None, []
            return
        self.description = tuple([(name,) + _UNKNOWN for name, _ in columns])
        rows = list(map(tuple, answer["rows"]))
        if self.row_factory is not None:
            rows = [self.row_factory(self, row) for row in rows]
        self._rows = rows

    def _check_open(self):
        if self._closed:
            raise _errors["ProgrammingError"]("Cannot operate on a closed cursor.")
        self.connection._check_open()

    _check_rows = _check_open


class Connection(dbapi.Connection):
    """sqlite3's connection, with the transactions that it begins by itself.

    As there, a transaction begins before a statement that changes rows, unless `isolation_level`
    is None; what is executed outside one is committed at once.
    """

    errors = _errors

    def __init__(self, channel):
        super().__init__(channel)
        self.isolation_level = ""
        self.row_factory = None
        self.text_factory = str
        self.total_changes = 0
        # What began the open transaction: `_BEGUN`, a savepoint's name, or None.
        self._transaction = None

    @property
    def in_transaction(self):
        return self._transaction is not None

    def cursor(self, factory=None):
        self._check_open()
        return (factory or Cursor)(self)

    def execute(self, operation, parameters=()):
        return self.cursor().execute(operation, parameters)

    def executemany(self, operation, parameters):
        return self.cursor().executemany(operation, parameters)

    def executescript(self, script):
        return self.cursor().executescript(script)

    def commit(self):
        super().commit()
        self._transaction = None

    def rollback(self):
        super().rollback()
        self._transaction = None

    def perform(self, text, end, word, parameters):
        """Executes a statement whose first word, `word`, ends at `end`."""
        if self._transaction is None and word in _CHANGING and self.isolation_level is not None:
            self._transaction = _BEGUN
        commits = self._transaction is None and word not in _BEGINNING
        try:
            answer = self.send([text], parameters, commits)
        except Exception:
            if self._transaction is None:
                self._end("rollback")
            raise
        if word in _CHANGING:
            self.total_changes += max(answer["count"], 0)
        else:
            self._follow(text, end, word)
        if self._transaction is None:
            self._end("commit")
        return answer

    def exception(self, error):
        code = error["code"]
        if code == "SQLITE_NOMEM":
            return MemoryError()
        exception = _errors[errors.sqlite_class(code)](error["message"])
        exception.trove_error = error["id"]
        exception.sqlite_errorname = code
        return exception

    def _follow(self, text, end, word):
        """Keeps track of the transactions that statements begin and end."""
        if word == "BEGIN":
            self._transaction = _BEGUN
        elif word == "SAVEPOINT":
            if self._transaction is None:
                self._transaction = _SAVEPOINT.match(text, end).group(1).lower()
        elif word == "RELEASE":
            if self._transaction == _SAVEPOINT.match(text, end).group(1).lower():
                self._transaction = None
        elif word in ("COMMIT", "END") or (word == "ROLLBACK" and not _TO.match(text, end)):
            # The program has taken it for a commit or rollback of this connection.
            self._transaction = None
            self._pending = 0

    def _check_open(self):
        if self._closed:
            raise _errors["ProgrammingError"]("Cannot operate on a closed database.")


_LIBRARY = "the library that it would change belongs to the program, not to the interpreter"
for _name in (
    "create_function create_aggregate create_window_function create_collation "
    "set_authorizer set_trace_callback set_progress_handler enable_load_extension load_extension "
    "backup iterdump blobopen serialize deserialize setlimit getlimit setconfig getconfig"
).split():
    setattr(Connection, _name, dbapi.refusal(_name, _LIBRARY, _errors["NotSupportedError"]))
for _name, _class in _errors.items():
    setattr(Connection, _name, _class)
