"""Parameters of SQLite's statements: which values they are, and how the channel carries them."""

import re
import sys

_INTEGERS = range(-(2**63), 2**63)

# What may hide a placeholder, and placeholders; the rest is passed over.
_TOKEN = re.compile(
    r"""'(?:[^']|'')*' | "(?:[^"]|"")*" | `(?:[^`]|``)*` | \[[^\]]*\]
      | --[^\n]* | /\*.*?(?:\*/|\Z) | [A-Za-z_\u0080-\U0010ffff][\w$]*
      | (?P<named>[:@$][\w$]+) | (?P<anonymous>\?\d*)""",
    re.VERBOSE | re.DOTALL,
)
_names = {}


class Unsupported(Exception):
    """A value, or a set of them, cannot be bound; the text says why."""


def placeholders(text):
    """The names in the order of their parameters' numbers; None stands for one without a name."""
    names = _names.get(text)
    if names is None:
        names = []
        for match in _TOKEN.finditer(text):
            if match.lastgroup == "anonymous" or (
                match.lastgroup == "named" and match.group()[1:] not in names
            ):
                name = match.group()[1:]
                names.append(None if match.lastgroup == "anonymous" else name)
        if len(_names) >= 500:
            _names.clear()
        _names[text] = names
    return names


def bind(text, parameters):
    """The values of one execution, in the order of the parameters' numbers."""
    if not parameters:
        return []
    if hasattr(parameters, "keys"):
        return _bind_names(text, parameters)
    return [
        value if type(value) in _PLAIN else _document(value, number)
        for number, value in enumerate(parameters, 1)
    ]


def _bind_names(text, parameters):
    values = []
    for number, name in enumerate(placeholders(text), 1):
        if name is None:
            raise Unsupported(
                "Binding %d has no name, but you supplied a dictionary (which has only names)."
                % number
            )
        try:
            value = parameters[name]
        except LookupError:
            raise Unsupported("You did not supply a value for binding parameter :%s." % name)
        values.append(value if type(value) in _PLAIN else _document(value, number))
    return values


# Values that the channel carries as they are.
_PLAIN = frozenset((str, type(None)))


def _document(value, number):
    if isinstance(value, int):
        value = int(value)
        if value not in _INTEGERS:
            raise OverflowError("Python int too large to convert to SQLite INTEGER")
        return value
    if isinstance(value, float):
        # Also "nan", "inf" and "-inf".
        return {"f": float.hex(value)}
    if isinstance(value, str):
        return str.__str__(value)
    if isinstance(value, (bytes, bytearray, memoryview)):
        return {"b": bytes(value).hex()}
    adapted = _adapted(value)
    if adapted is value:
        kind = type(value)
        name = kind.__name__
        if kind.__module__ in ("datetime", "decimal"):
            # Types that are made in C tell their module.
            name = "%s.%s" % (kind.__module__, name)
        text = "Error binding parameter %d: type '%s' is not supported"
        raise Unsupported(text % (number, name))
    return adapted if type(adapted) in _PLAIN else _document(adapted, number)


def _adapted(value):
    """What sqlite3's adapters make of a value, its own and those that were registered."""
    driver = sys.modules.get("sqlite3")
    if driver is not None:
        adapter = driver.adapters.get((type(value), driver.PrepareProtocol))
        if adapter is not None:
            return adapter(value)
    dates = sys.modules.get("datetime")
    if dates is not None:
        if type(value) is dates.datetime:
            return value.isoformat(" ")
        if type(value) is dates.date:
            return value.isoformat()
    return value
