"""Tells the program when a script looks at what its statements have returned."""

import sys

# Properties of SQLAlchemy's results by what they show.
_SHOWN = {
    "inserted_primary_key": "key",
    "inserted_primary_key_rows": "key",
    "lastrowid": "key",
    "returned_defaults": "key",
    "returned_defaults_rows": "key",
    "rowcount": "count",
}


def watch_results():
    """Has SQLAlchemy's results tell who looks at their properties."""
    from sqlalchemy.engine import CursorResult

    for name, look in _SHOWN.items():
        if hasattr(CursorResult, name):
            setattr(CursorResult, name, _watched(_attribute(CursorResult, name), look))


def watch_cursors(cursor_class):
    """Has the cursors of a DB-API module tell who looks at their attributes."""
    for name in ("lastrowid", "rowcount"):
        setattr(cursor_class, name, _kept(name, _SHOWN[name]))


def is_fetch_of_insert():
    """Whether rows are fetched by SQLAlchemy itself, which asks for keys that nobody may want."""
    frame = sys._getframe(2)
    while frame is not None:
        if frame.f_code.co_name == "_setup_dml_or_text_result":
            return True
        frame = frame.f_back
    return False


def _attribute(owner, name):
    return next(vars(kind)[name] for kind in owner.__mro__ if name in vars(kind))


def _watched(attribute, look):
    def get(result):
        cursor = result.context.cursor
        if cursor is not None and _is_wanted(sys._getframe(1), look):
            cursor.tell(look)
        return attribute.__get__(result, type(result))

    return property(get)


def _kept(name, look):
    def get(cursor):
        if _is_wanted(sys._getframe(1), look):
            cursor.tell(look)
        return cursor.__dict__[name]

    def put(cursor, value):
        cursor.__dict__[name] = value

    return property(get, put)


def _is_wanted(frame, look):
    """Whether the caller is one whose deeds may depend on it; sessions need the keys of their objects."""
    module = frame.f_globals.get("__name__") or ""
    if look == "key" and module.startswith("sqlalchemy.orm."):
        return True
    return module.partition(".")[0] not in ("sqlalchemy", "trove_migrate")
