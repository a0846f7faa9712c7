"""What SQLAlchemy's dialect takes from psycopg2.extensions and psycopg2.extras."""

from .ranges import DateRange, DateTimeRange, DateTimeTZRange, NumericRange  # noqa: F401

ISOLATION_LEVEL_AUTOCOMMIT = 0
ISOLATION_LEVEL_READ_COMMITTED = 1
ISOLATION_LEVEL_REPEATABLE_READ = 2
ISOLATION_LEVEL_SERIALIZABLE = 3
ISOLATION_LEVEL_READ_UNCOMMITTED = 4
STATUS_READY = 1
STATUS_BEGIN = 2


def execute_batch(cursor, query, parameters, page_size=100):
    """Executes a statement once for each set of parameters."""
    cursor.executemany(query, parameters)


def execute_values(cursor, query, parameters, template=None, page_size=100, fetch=False):
    """Puts many rows into the only `%s` of a statement, and fetches what it returns if asked to."""
    before, after = query.split("%s")
    before, after = before.replace("%%", "%"), after.replace("%%", "%")
    result = [] if fetch else None
    parameters = list(parameters)
    for start in range(0, len(parameters), page_size):
        page = parameters[start : start + page_size]
        if template is None:
            rows = [cursor._merge("(%s)" % ",".join(["%s"] * len(row)), row) for row in page]
        else:
            rows = [cursor._merge(template, row) for row in page]
        cursor.execute(before + ",".join(rows) + after)
        if fetch:
            result.extend(cursor.fetchall())
    return result
