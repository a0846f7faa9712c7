"""psycopg2's cursor and its exceptions, over the program's connection."""

from . import dbapi, errors, literals, reading

exceptions = errors.hierarchy("psycopg2", errors.PostgresErrorBase)
LIBPQ = "statements go over the program's connection, which offers statements only"
# Sizes and the like of a column.
_UNKNOWN = (None,) * 5
# Statements that one call carries at most.
_BATCH = 500


class Cursor(dbapi.Cursor):
    """psycopg2's cursor; a named one has all of its rows at once, too."""

    itersize = 2000
    query = statusmessage = None
    rownumber = property(lambda self: self._next)
    closed = property(lambda self: self._closed or self.connection._closed)

    def __init__(self, connection, name=None):
        super().__init__(connection)
        self.name = name
        self.lastrowid = 0
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
                total += self._perform_batch(texts)
                texts = []
        if texts:
            total += self._perform_batch(texts)
        self.rowcount = total

    def _perform_batch(self, texts):
        answer = self.connection.perform(texts)
        self._note(answer)
        return answer["count"]

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
            raise exceptions["ProgrammingError"]("scroll destination out of bounds")
        self._next = target

    def cast(self, oid, text):
        """The Python value of a text form."""
        read = reading.READERS.get(oid)
        return text if read is None or text is None else read(text)

    def _merge(self, query, vars):
        if isinstance(query, bytes):
            query = query.decode()
        elif not isinstance(query, str):
            if hasattr(query, "as_string"):
                raise exceptions["NotSupportedError"](
                    "the objects of psycopg2.sql need a connection of psycopg2's, "
                    "which is not possible in a migration: use a text with parameters"
                )
            raise TypeError("argument 1 must be a string")
        if not query.strip():
            raise exceptions["ProgrammingError"]("can't execute an empty query")
        try:
            return literals.merge(query, vars)
        except literals.Unsupported as reason:
            text = str(reason)
            kind = "DataError" if text.startswith("the integer") else "ProgrammingError"
            raise exceptions[kind](text) from None

    def _take(self, answer):
        self._note(answer)
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
            raise exceptions["DataError"](str(reason)) from None
        if self.rowcount < 0:
            self.rowcount = len(self._rows)

    def _check_open(self):
        if self._closed:
            raise exceptions["InterfaceError"]("cursor already closed")
        self.connection._check_open()

    def _check_rows(self):
        self._check_open()
        if self.description is None:
            raise exceptions["ProgrammingError"]("no results to fetch")


for _name in "copy_from copy_to copy_expert nextset".split():
    setattr(Cursor, _name, dbapi.refusal(_name, LIBPQ, exceptions["NotSupportedError"]))
