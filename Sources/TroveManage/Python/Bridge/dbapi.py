"""DB-API 2.0 (PEP 249) over the program's connection: what both engines have in common."""

from . import watch
from .channel import Unavailable

apilevel = "2.0"
# One call at a time, whoever makes it; a connection may be used by several threads.
threadsafety = 1


def refusal(name, reason, error):
    """A method that says why it cannot be had."""

    def refuse(self, *arguments, **options):
        raise error("%s() is not possible in a migration: %s" % (name, reason))

    refuse.__name__ = name
    return refuse


class Connection:
    """A connection that is none: a number under which the program knows one transaction."""

    #: The engine's exception classes by name; subclasses have them.
    errors = {}

    def __init__(self, channel):
        self._channel = channel
        self.number = channel.connection_number()
        # The run in which statements were executed that are neither committed nor rolled back.
        self._pending = 0
        self._closed = False

    def commit(self):
        """Makes what was executed part of the program's transaction."""
        self._check_open()
        self._end("commit")

    def rollback(self):
        """Undoes what was executed since the last commit."""
        self._check_open()
        self._end("rollback")

    def close(self):
        """Undoes what was not committed; the connection cannot be used any more."""
        if not self._closed:
            try:
                self._end("rollback")
            finally:
                self._closed = True

    def __enter__(self):
        self._check_open()
        return self

    def __exit__(self, kind, value, trace):
        if kind is None:
            self.commit()
        else:
            self.rollback()
        return False

    def send(self, texts, parameters, commits=False):
        """Executes, and returns the program's answer or raises its error.

        What `commits` is committed in the same call.
        """
        channel = self._channel
        file, line = channel.place()
        document = {
            "call": "execute",
            "connection": self.number,
            "texts": texts,
            "parameters": parameters,
            "commit": commits,
            "file": file,
            "line": line,
        }
        self._pending = channel.run
        channel.users.add(self.number)
        answer = self._ask(channel.call, document)
        if commits:
            self._settle()
        return answer

    def _end(self, how):
        """Commits or rolls back, if there is something to."""
        channel = self._channel
        if self._pending and self._pending == channel.run:
            # Only what others do at the same time can stand in its way.
            if self._is_alone():
                call = channel.call_with_next if how == "commit" else channel.tell_when_free
            else:
                call = channel.call if how == "commit" else channel.call_when_free
            self._ask(call, {"call": how, "connection": self.number})
        self._settle()

    def _is_alone(self):
        return self._channel.users == {self.number}

    def _settle(self):
        """Notes that nothing of this connection is open any more."""
        self._pending = 0
        if self._is_alone():
            self._channel.users.clear()

    def _ask(self, call, document):
        try:
            answer = call(document)
        except Unavailable as reason:
            raise self.errors["InterfaceError"](str(reason)) from None
        error = answer.get("error")
        if error is not None:
            raise self.exception(error)
        return answer

    def tell(self, look, number):
        """Tells that the script looks at what the execution of a number has returned."""
        self._channel.call_when_free(
            {"call": "note", "connection": self.number, "look": look, "of": number}
        )

    def exception(self, error):
        """The exception for an error of the program's."""
        raise NotImplementedError

    def _check_open(self):
        raise NotImplementedError


class Cursor:
    """The rows of one statement; all of them are here as soon as it is executed."""

    def __init__(self, connection):
        self.connection = connection
        self.description = None
        self.rowcount = -1
        self.arraysize = 1
        self._rows = []
        self._next = 0
        self._closed = False
        # The last execution's number; none where nobody wants to know who looks at its rows.
        self._number = None
        self._seen = False

    def close(self):
        self._closed = True
        self._rows = []

    def fetchone(self):
        self._check_rows()
        self._look()
        if self._next >= len(self._rows):
            return None
        self._next += 1
        return self._rows[self._next - 1]

    def fetchmany(self, size=None):
        self._check_rows()
        self._look()
        start = self._next
        self._next = min(start + (self.arraysize if size is None else size), len(self._rows))
        return self._rows[start : self._next]

    def fetchall(self):
        self._check_rows()
        self._look()
        rows = self._rows[self._next :] if self._next else self._rows
        self._rows, self._next = [], 0
        return rows

    def __iter__(self):
        return self

    def __next__(self):
        row = self.fetchone()
        if row is None:
            raise StopIteration
        return row

    def tell(self, look):
        """Tells that the script looks at what the last execution has returned."""
        if self._number is not None:
            self.connection.tell(look, self._number)

    def _note(self, answer):
        """Takes the number of an execution from its answer."""
        self._number = answer.get("number")
        self._seen = False

    def _look(self):
        """Tells, once, that the script looks at rows."""
        if self._number is None or self._seen or watch.is_fetch_of_insert():
            return
        self._seen = True
        self.tell("rows")

    def setinputsizes(self, sizes):
        self._check_open()

    def setoutputsize(self, size, column=None):
        self._check_open()

    def _check_open(self):
        raise NotImplementedError

    def _check_rows(self):
        raise NotImplementedError
