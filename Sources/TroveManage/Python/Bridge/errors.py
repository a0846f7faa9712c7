"""DB-API's exceptions, as each engine's usual driver has them, and which of them an error is."""


class ProgramError:
    """What every exception of ours can tell besides its text."""

    #: The number of the program's own error, if it is one.
    trove_error = None


class SQLiteErrorBase(ProgramError, Exception):
    """The attributes of sqlite3's exceptions."""

    sqlite_errorcode = None
    sqlite_errorname = None


class PostgresErrorBase(ProgramError, Exception):
    """The attributes of psycopg2's exceptions."""

    pgcode = None
    pgerror = None
    cursor = None
    diag = None


class Diagnostics:
    """What psycopg2's exceptions have in `diag`, as far as it is known here."""

    def __init__(self, error):
        self.severity = self.severity_nonlocalized = "ERROR"
        self.sqlstate = error["code"]
        self.message_primary = error["message"]
        self.message_detail = error.get("detail")
        self.message_hint = error.get("hint")

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return None


_PARENTS = (
    ("InterfaceError", "Error"),
    ("DatabaseError", "Error"),
    ("DataError", "DatabaseError"),
    ("OperationalError", "DatabaseError"),
    ("IntegrityError", "DatabaseError"),
    ("InternalError", "DatabaseError"),
    ("ProgrammingError", "DatabaseError"),
    ("NotSupportedError", "DatabaseError"),
)


def hierarchy(driver, base):
    """PEP 249's exception classes by name; SQLAlchemy shows them as `driver`'s."""

    def make(name, parent):
        return type(name, (parent,), {"__module__": driver})

    classes = {"Warning": make("Warning", Exception), "Error": make("Error", base)}
    for name, parent in _PARENTS:
        classes[name] = make(name, classes[parent])
    return classes


_SQLITE = {
    "INTERNAL": "InternalError",
    "NOTFOUND": "InternalError",
    "TOOBIG": "DataError",
    "CONSTRAINT": "IntegrityError",
    "MISMATCH": "IntegrityError",
    "MISUSE": "ProgrammingError",
    "RANGE": "InterfaceError",
    "CORRUPT": "DatabaseError",
    "NOTADB": "DatabaseError",
    "AUTH": "DatabaseError",
    "FORMAT": "DatabaseError",
    "NOLFS": "DatabaseError",
}


def sqlite_class(code):
    """The name of the exception that sqlite3 raises for a result code's name."""
    if code is None:
        return "ProgrammingError"
    primary = code.replace("SQLITE_", "", 1).partition("_")[0]
    return _SQLITE.get(primary, "OperationalError")


_POSTGRES = {
    "0A": "NotSupportedError",
    "20": "ProgrammingError",
    "21": "ProgrammingError",
    "22": "DataError",
    "23": "IntegrityError",
    "24": "InternalError",
    "25": "InternalError",
    "2B": "InternalError",
    "2D": "InternalError",
    "2F": "InternalError",
    "38": "InternalError",
    "39": "InternalError",
    "3B": "InternalError",
    "3D": "ProgrammingError",
    "3F": "ProgrammingError",
    "42": "ProgrammingError",
    "44": "ProgrammingError",
    "F0": "InternalError",
    "P0": "InternalError",
    "XX": "InternalError",
}
_POSTGRES_OPERATIONAL = ("08", "26", "27", "28", "34", "40", "53", "54", "55", "57", "58", "HV")


def postgres_class(code):
    """The name of the exception that psycopg2 raises for an SQLSTATE."""
    if code is None:
        return "OperationalError"
    if code[:2] in _POSTGRES_OPERATIONAL:
        return "OperationalError"
    return _POSTGRES.get(code[:2], "DatabaseError")
