"""What the program is told about an exception."""

import os
import re
import sys

# What sqlalchemy-migrate adds to SQLAlchemy's classes.
_CHANGESET = frozenset(
    "create_column drop_column rename alter create drop add_to_table remove_from_table copy_fixed "
    "deregister index_name unique_name primary_key_name".split()
)
_NO_ATTRIBUTE = re.compile(r"'(?:Table|Column|Index)'.* has (?:no|an) attribute '(\w+)'")


def plain(kind, message, file, line=None):
    """A failure that is no exception."""
    return {
        "type": kind,
        "message": message,
        "file": file,
        "line": line,
        "traceback": "",
        "missing": None,
        "error": None,
    }


def describe(exception, script, folders, changeset):
    """The failure for an exception that escaped.

    `changeset` says why sqlalchemy-migrate is missing, or is None.
    """
    shown = _shown(exception)
    file, line = _place(exception, folders)
    failure = plain(type(shown).__name__, _text(shown), file or script, line)
    failure["traceback"] = _traceback(exception)
    failure["missing"] = _missing(exception)
    failure["error"] = _database_error(exception)
    if changeset is not None and _needs_changeset(exception, changeset):
        failure["missing"] = "sqlalchemy-migrate"
        failure["message"] = "sqlalchemy-migrate could not be imported: %s" % changeset
    return failure


def _shown(exception):
    """SQLAlchemy's exceptions for statements hold the one that tells what happened."""
    for _ in range(5):
        original = getattr(exception, "orig", None)
        if not isinstance(original, BaseException):
            break
        exception = original
    return exception


def _text(exception):
    try:
        if isinstance(exception, SyntaxError) and exception.msg:
            return str(exception.msg)
        return str(exception).rstrip("\n")
    except Exception:
        return "(its text cannot be shown)"


def _place(exception, folders):
    """The innermost line of the repository's; a syntax error's own."""
    if isinstance(exception, SyntaxError) and os.path.isabs(exception.filename or ""):
        return exception.filename, exception.lineno
    place = (None, None)
    trace = exception.__traceback__
    while trace is not None:
        file = trace.tb_frame.f_code.co_filename
        if file.startswith(folders):
            place = (file, trace.tb_lineno)
        trace = trace.tb_next
    return place


def _traceback(exception):
    import traceback

    try:
        told = traceback.TracebackException.from_exception(exception)
        _drop_ours(told, set())
        return "".join(told.format())
    except Exception:
        return ""


def _drop_ours(told, seen):
    if told is None or id(told) in seen:
        return
    seen.add(id(told))
    told.stack[:] = [
        frame
        for frame in told.stack
        if not frame.filename.startswith(("<trove-manage>", "<frozen importlib"))
    ]
    for other in [told.__cause__, told.__context__] + list(getattr(told, "exceptions", None) or ()):
        _drop_ours(other, seen)


def _missing(exception):
    if isinstance(exception, ModuleNotFoundError) and exception.name:
        return exception.name.partition(".")[0]
    return None


def _database_error(exception):
    """The number of the program's error behind an exception."""
    for _ in range(10):
        number = getattr(exception, "trove_error", None)
        if number is not None or exception is None:
            return number
        original = getattr(exception, "orig", None)
        exception = original if isinstance(original, BaseException) else exception.__cause__
    return None


def _needs_changeset(exception, changeset):
    """Whether the exception would not have come with sqlalchemy-migrate."""
    if isinstance(exception, ImportError):
        return (exception.name or "").partition(".")[0] == "migrate" or _within_migrate(exception)
    if isinstance(exception, AttributeError):
        match = _NO_ATTRIBUTE.search(str(exception))
        return match is not None and match.group(1) in _CHANGESET
    return _within_migrate(exception)


def _within_migrate(exception):
    trace = exception.__traceback__
    while trace is not None:
        if trace.tb_frame.f_globals.get("__name__", "").partition(".")[0] == "migrate":
            return True
        trace = trace.tb_next
    return False


def reason(exception):
    """Why sqlalchemy-migrate could not be imported, in one sentence."""
    if not isinstance(exception, ModuleNotFoundError):
        return "%s: %s" % (type(exception).__name__, exception)
    text = str(exception)
    package = (exception.name or "").partition(".")[0]
    if package == "pkg_resources":
        text += ", which belongs to setuptools before 81"
    elif package == "sqlalchemy":
        text += ", which SQLAlchemy has before 2.0; this is %s" % sys.modules[package].__version__
    return text
