"""A client of PostgreSQL on libpq, for looking at databases without starting a program for it."""

from __future__ import annotations

import ctypes

Row = tuple[str | None, ...]

_COMMAND_OK, _TUPLES_OK = 1, 2


def _library() -> ctypes.CDLL:
    library = ctypes.CDLL("libpq.so.5")
    for name in ("PQconnectdb", "PQexec"):
        getattr(library, name).restype = ctypes.c_void_p
    for name in ("PQerrorMessage", "PQgetvalue"):
        getattr(library, name).restype = ctypes.c_char_p
    library.PQconnectdb.argtypes = [ctypes.c_char_p]
    library.PQexec.argtypes = [ctypes.c_void_p, ctypes.c_char_p]
    for name in ("PQstatus", "PQerrorMessage", "PQfinish", "PQclear", "PQresultStatus",
                 "PQntuples", "PQnfields"):
        getattr(library, name).argtypes = [ctypes.c_void_p]
    for name in ("PQgetvalue", "PQgetisnull"):
        getattr(library, name).argtypes = [ctypes.c_void_p, ctypes.c_int, ctypes.c_int]
    return library


_LIBRARY = _library()


class PostgresError(Exception):
    """What the server, or the way to it, said."""


class Session:
    """One session with a server; it belongs to the thread that opened it.

    Raises PostgresError when it cannot be had, or when a statement fails.
    """

    def __init__(self, conninfo: str) -> None:
        self._handle = _LIBRARY.PQconnectdb(conninfo.encode())
        if _LIBRARY.PQstatus(self._handle) != 0:
            message = self._message()
            self.close()
            raise PostgresError(message)

    def __enter__(self) -> Session:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Ends the session; a second time does nothing."""
        if self._handle:
            _LIBRARY.PQfinish(self._handle)
        self._handle = None

    def query(self, sql: str) -> list[Row]:
        """The rows of the last statement of `sql`."""
        result = _LIBRARY.PQexec(self._handle, sql.encode())
        try:
            if _LIBRARY.PQresultStatus(result) not in (_COMMAND_OK, _TUPLES_OK):
                raise PostgresError(f"{self._message()}: {sql}")
            columns = range(_LIBRARY.PQnfields(result))
            return [
                tuple(self._value(result, row, column) for column in columns)
                for row in range(_LIBRARY.PQntuples(result))
            ]
        finally:
            _LIBRARY.PQclear(result)

    def number(self, sql: str) -> int:
        """The first value of the first row, which must be a number."""
        value = self.query(sql)[0][0]
        if value is None:
            raise PostgresError(f"no value: {sql}")
        return int(value)

    def _message(self) -> str:
        return _LIBRARY.PQerrorMessage(self._handle).decode().strip()

    @staticmethod
    def _value(result: int, row: int, column: int) -> str | None:
        if _LIBRARY.PQgetisnull(result, row, column):
            return None
        return _LIBRARY.PQgetvalue(result, row, column).decode()
