"""PostgreSQL's literals for Python's values, as psycopg2 makes them, and their placeholders."""

import datetime
import decimal
import sys

_INTEGERS = range(-(2**63), 2**63)


class Unsupported(Exception):
    """A value has no literal; the text says why."""


def merge(text, parameters):
    """The statement with literals for `%s` or `%(name)s`; with parameters, `%%` is `%`."""
    if parameters is None:
        return text
    if hasattr(parameters, "keys"):
        return text % _Literals(parameters)
    return text % tuple([literal(value) for value in parameters])


class _Literals:
    """Makes the literals of the names that a statement mentions."""

    def __init__(self, values):
        self._values = values

    def __getitem__(self, name):
        return literal(self._values[name])

    def __str__(self):
        # `%s` with a mapping.
        raise TypeError("dict is not a sequence")


def literal(value):
    """The literal of one value."""
    make = _MAKERS.get(type(value))
    if make is None:
        make = _maker(value)
    return make(value)


def _string(value):
    if "\0" in value:
        raise ValueError("A string literal cannot contain NUL (0x00) characters.")
    quoted = value.replace("'", "''")
    if "\\" in quoted:
        # Means the same whatever standard_conforming_strings is.
        return " E'%s'" % quoted.replace("\\", "\\\\")
    return "'%s'" % quoted


def _integer(value):
    value = int(value)
    if value not in _INTEGERS:
        raise Unsupported("the integer %d needs more than 64 bits; use decimal.Decimal" % value)
    # After an operator a bare minus would begin a comment.
    return str(value) if value >= 0 else " %d" % value


def _float(value):
    if value != value:
        return "'NaN'::float"
    text = float.__repr__(value)
    if text.endswith("inf"):
        return "'%sInfinity'::float" % text[:-3]
    return " " + text if text[0] == "-" else text


def _decimal(value):
    if not value.is_finite():
        return "'NaN'::numeric"
    text = str(value)
    return " " + text if text[0] == "-" else text


def _bytes(value):
    return " E'\\\\x%s'::bytea" % bytes(value).hex()


def _list(values):
    if not values:
        return "'{}'"
    items = [literal(value) for value in values]
    if all(item == "NULL" for item in items):
        return "'{%s}'" % ",".join(items)
    return "ARRAY[%s]" % ", ".join(items)


def _tuple(values):
    return "(%s)" % ", ".join([literal(value) for value in values])


def _datetime(value):
    kind = "timestamp" if value.tzinfo is None else "timestamptz"
    return "'%s'::%s" % (value.isoformat(), kind)


def _time(value):
    kind = "time" if value.tzinfo is None else "timetz"
    return "'%s'::%s" % (value.isoformat(), kind)


def _interval(value):
    return "'%d days %d.%06d seconds'::interval" % (value.days, value.seconds, value.microseconds)


def _quoted(value):
    """What psycopg2's own wrappers say of themselves: Json, AsIs, Binary."""
    text = value.getquoted()
    return text.decode() if isinstance(text, bytes) else text


_MAKERS = {
    type(None): lambda value: "NULL",
    bool: lambda value: "true" if value else "false",
    str: _string,
    int: _integer,
    float: _float,
    bytes: _bytes,
    bytearray: _bytes,
    memoryview: _bytes,
    list: _list,
    tuple: _tuple,
    decimal.Decimal: _decimal,
    datetime.datetime: _datetime,
    datetime.date: lambda value: "'%s'::date" % value.isoformat(),
    datetime.time: _time,
    datetime.timedelta: _interval,
}


def _maker(value):
    """For what is no plain value: subclasses, UUIDs, and objects that quote themselves."""
    for parent in type(value).__mro__[1:]:
        if parent in _MAKERS:
            return _MAKERS[parent]
    uuid = sys.modules.get("uuid")
    if uuid is not None and isinstance(value, uuid.UUID):
        return lambda value: "'%s'::uuid" % value
    if hasattr(value, "getquoted"):
        return _quoted
    raise Unsupported("can't adapt type '%s'" % type(value).__name__)
