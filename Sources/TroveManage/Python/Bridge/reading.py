"""PostgreSQL's text form of values, and the Python values that psycopg2 makes of it."""

import datetime
import json
import re
from decimal import Decimal

_STAMP = re.compile(
    r"(\d{4,})-(\d\d)-(\d\d)(?: (\d\d):(\d\d):(\d\d)(?:\.(\d{1,6}))?([-+][\d:]+)?)?( BC)?\Z"
)
_TIME = re.compile(r"(\d\d):(\d\d):(\d\d)(?:\.(\d{1,6}))?([-+][\d:]+)?\Z")
_INTERVAL = re.compile(
    r"([-+]?\d+) (year|mon|day)s?\s*|([-+]?)(\d+):(\d\d):(\d\d)(?:\.(\d{1,6}))?\Z"
)
_DAYS = {"year": 365, "mon": 30, "day": 1}


class Unreadable(Exception):
    """A value that has no Python form; the text says which."""


def _bool(text):
    return text == "t"


def _bytes(text):
    if text[:2] == "\\x":
        return memoryview(bytes.fromhex(text[2:]))
    octets = re.sub(r"\\(\\|[0-7]{3})", lambda match: _octet(match.group(1)), text)
    return memoryview(octets.encode("latin-1"))


def _octet(text):
    return "\\" if text == "\\" else chr(int(text, 8))


def _zone(text):
    """The offset of a time zone: `+00`, `-03:30`, `+01:22:04`."""
    parts = [int(part) for part in text[1:].split(":")] + [0, 0]
    offset = datetime.timedelta(hours=parts[0], minutes=parts[1], seconds=parts[2])
    return datetime.timezone(-offset if text[0] == "-" else offset)


def _microseconds(text):
    return int(text.ljust(6, "0")) if text else 0


def _date(text):
    if text == "infinity":
        return datetime.date.max
    if text == "-infinity":
        return datetime.date.min
    match = _STAMP.match(text)
    if match is None:
        raise Unreadable("unable to parse date: %s" % text)
    return datetime.date(_year(match), int(match.group(2)), int(match.group(3)))


def _datetime(text):
    if text == "infinity":
        return datetime.datetime.max
    if text == "-infinity":
        return datetime.datetime.min
    match = _STAMP.match(text)
    if match is None:
        raise Unreadable("unable to parse time: %s" % text)
    _, month, day, hour, minute, second, fraction, zone, _ = match.groups()
    return datetime.datetime(
        _year(match),
        int(month),
        int(day),
        int(hour or 0),
        int(minute or 0),
        int(second or 0),
        _microseconds(fraction),
        None if zone is None else _zone(zone),
    )


def _datetime_zoned(text):
    value = _datetime(text)
    if value.tzinfo is None:
        # Only the infinities.
        value = value.replace(tzinfo=datetime.timezone.utc)
    return value


def _year(match):
    if match.group(9):
        raise ValueError("year -%s is out of range" % match.group(1).lstrip("0"))
    return int(match.group(1))


def _time(text):
    match = _TIME.match(text)
    if match is None:
        raise Unreadable("unable to parse time: %s" % text)
    hour, minute, second, fraction, zone = match.groups()
    return datetime.time(
        # 24:00:00 is midnight for psycopg2, too.
        int(hour) % 24,
        int(minute),
        int(second),
        _microseconds(fraction),
        None if zone is None else _zone(zone),
    )


def _interval(text):
    days = seconds = microseconds = index = 0
    while index < len(text):
        match = _INTERVAL.match(text, index)
        if match is None:
            raise Unreadable("unable to parse interval: %s" % text)
        index = match.end()
        number, unit, sign, hours, minutes, rest, fraction = match.groups()
        if unit is not None:
            days += int(number) * _DAYS[unit]
        else:
            factor = -1 if sign == "-" else 1
            seconds = factor * (int(hours) * 3600 + int(minutes) * 60 + int(rest))
            microseconds = factor * _microseconds(fraction)
    return datetime.timedelta(days, seconds, microseconds)


def _uuid(text):
    import uuid

    return uuid.UUID(text)


def _array(element):
    """What reads the text form of an array of what `element` reads; None is for texts."""

    def read(text):
        # Bounds that do not begin at 1 come first: `[0:1]={a,b}`.
        return _items(text, text.index("{") + 1, element)[0]

    return read


def _items(text, index, element):
    """The list that begins after a brace at `index`, and where it ends."""
    items = []
    while text[index] != "}":
        if text[index] == "{":
            item, index = _items(text, index + 1, element)
        elif text[index] == '"':
            item, index = _quoted(text, index + 1)
            item = item if element is None else element(item)
        else:
            end = _PLAIN.match(text, index).end()
            item, index = text[index:end], end
            if item == "NULL":
                item = None
            elif element is not None:
                item = element(item)
        items.append(item)
        if text[index] == ",":
            index += 1
    return items, index + 1


_PLAIN = re.compile(r"[^,}]*")
_QUOTED = re.compile(r'(?:[^"\\]|\\.)*', re.DOTALL)
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)


def _quoted(text, index):
    end = _QUOTED.match(text, index).end()
    return _ESCAPED.sub(r"\1", text[index:end]), end + 1


def _range(name, element):
    def read(text):
        from . import ranges

        return ranges.reader(getattr(ranges, name), element)(text)

    return read


# The types whose values are no strings; for each, the oids of the type and of its arrays.
_TYPES = (
    ((20, 21, 23, 26), (1016, 1005, 1007, 1006, 1028, 1013), int),
    ((700, 701), (1021, 1022), float),
    ((1700,), (1231,), Decimal),
    ((16,), (1000,), _bool),
    ((17,), (1001,), _bytes),
    ((1082,), (1182,), _date),
    ((1114,), (1115,), _datetime),
    ((1184,), (1185,), _datetime_zoned),
    ((1083, 1266), (1183, 1270), _time),
    ((704, 1186), (1187,), _interval),
    ((2950,), (2951,), _uuid),
    ((114, 3802), (199, 3807), json.loads),
    ((3904, 3926), (3905, 3927), _range("NumericRange", int)),
    ((3906,), (3907,), _range("NumericRange", Decimal)),
    ((3912,), (3913,), _range("DateRange", _date)),
    ((3908,), (3909,), _range("DateTimeRange", _datetime)),
    ((3910,), (3911,), _range("DateTimeTZRange", _datetime_zoned)),
    ((), (1002, 1003, 1009, 1014, 1015, 1040, 1041, 651), None),
)


def _readers():
    readers = {}
    for scalars, arrays, read in _TYPES:
        readers.update((oid, read) for oid in scalars)
        readers.update((oid, _array(read)) for oid in arrays)
    return readers


READERS = _readers()


def rows(columns, rows):
    """Tuples of Python values for rows of texts."""
    readers = [(index, READERS[oid]) for index, (_, oid) in enumerate(columns) if oid in READERS]
    if readers:
        for row in rows:
            for index, read in readers:
                value = row[index]
                if value is not None:
                    row[index] = read(value)
    return list(map(tuple, rows))
