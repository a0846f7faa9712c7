"""PostgreSQL's ranges, with the attributes that psycopg2's have."""

from .literals import literal


class Range:
    """Values between two bounds; a bound that is None is infinite."""

    #: PostgreSQL's name of the type.
    type_name = None

    def __init__(self, lower=None, upper=None, bounds="[)", empty=False):
        if empty:
            self._lower = self._upper = self._bounds = None
            return
        if bounds not in ("[)", "(]", "()", "[]"):
            raise ValueError("bound flags not valid: %r" % bounds)
        self._lower, self._upper, self._bounds = lower, upper, bounds

    lower = property(lambda self: self._lower)
    upper = property(lambda self: self._upper)
    isempty = property(lambda self: self._bounds is None)
    lower_inf = property(lambda self: self._bounds is not None and self._lower is None)
    upper_inf = property(lambda self: self._bounds is not None and self._upper is None)
    lower_inc = property(lambda self: self._lower is not None and self._bounds[0] == "[")
    upper_inc = property(lambda self: self._upper is not None and self._bounds[1] == "]")

    def __contains__(self, value):
        if self._bounds is None:
            return False
        if value == self._lower:
            return self.lower_inc and (self._upper != value or self.upper_inc)
        if value == self._upper:
            return self.upper_inc
        above = self._lower is None or value > self._lower
        return above and (self._upper is None or value < self._upper)

    def _key(self):
        return self._lower, self._upper, self._bounds

    def __eq__(self, other):
        return self._key() == other._key() if isinstance(other, Range) else NotImplemented

    def __hash__(self):
        return hash(self._key())

    def __bool__(self):
        return self._bounds is not None

    def __repr__(self):
        if self._bounds is None:
            return "%s(empty=True)" % type(self).__name__
        return "%s(%r, %r, %r)" % (type(self).__name__, self._lower, self._upper, self._bounds)

    def getquoted(self):
        if self._bounds is None:
            return "'empty'::%s" % self.type_name
        ends = literal(self._lower), literal(self._upper), self._bounds
        return "%s(%s, %s, '%s')" % ((self.type_name,) + ends)


class NumericRange(Range):
    """int4range, int8range and numrange."""

    def getquoted(self):
        # Which of the three it is, its place decides.
        if self._bounds is None:
            return "'empty'"
        ends = ["" if end is None else str(end) for end in (self._lower, self._upper)]
        return "'%s%s,%s%s'" % (self._bounds[0], ends[0], ends[1], self._bounds[1])


class DateRange(Range):
    """daterange."""

    type_name = "daterange"


class DateTimeRange(Range):
    """tsrange."""

    type_name = "tsrange"


class DateTimeTZRange(Range):
    """tstzrange."""

    type_name = "tstzrange"


def reader(kind, element):
    """What reads the text form of a range whose bounds `element` reads."""

    def read(text):
        if text == "empty":
            return kind(empty=True)
        lower, upper = _split(text[1:-1])
        return kind(
            None if lower is None else element(lower),
            None if upper is None else element(upper),
            text[0] + text[-1],
        )

    return read


def _split(text):
    """The texts of the bounds, None for an infinite one."""
    ends, place = [None, None], 0
    index = 0
    while index < len(text):
        character = text[index]
        if character == ",":
            place = 1
        elif character == '"':
            close = index + 1
            value = ""
            while text[close] != '"' or text[close + 1 : close + 2] == '"':
                close += 1 if text[close] not in '"\\' else 2
                value += text[close - 1]
            ends[place], index = value, close
        else:
            ends[place] = (ends[place] or "") + character
        index += 1
    return ends
