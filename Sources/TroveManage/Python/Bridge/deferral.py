"""Imports that may wait until somebody looks into the module.

SQLAlchemy and sqlalchemy-migrate import modules that hardly a migration has a use for, and a
quarter of the time that the two take to load goes there.
"""

import contextlib
import importlib
import sys
import types
from importlib.machinery import ModuleSpec, PathFinder

_DIALECTS = {
    "mssql": "base",
    "mysql": "aiomysql asyncmy cymysql mariadbconnector mysqlconnector oursql pymysql pyodbc",
    "postgresql": "asyncpg pg8000 psycopg2cffi pygresql pypostgresql",
    "sqlite": "aiosqlite pysqlcipher",
    "sybase": "base",
}
_NAMES = frozenset(
    ["asyncio", "importlib.metadata", "sqlalchemy.dialects.mssql", "sqlalchemy.dialects.sybase"]
    + [
        "sqlalchemy.dialects.%s.%s" % (dialect, module)
        for dialect, modules in _DIALECTS.items()
        for module in modules.split()
    ]
)
# Those that may still wait; none outside of `deferred`.
_waiting = set()


@contextlib.contextmanager
def deferred():
    """Lets the imports of some modules wait.

    Imports that come later find the module itself; what SQLAlchemy keeps as an attribute goes on
    standing for it, and hands out what the module has.
    """
    finder = _Finder()
    _waiting.update(name for name in _NAMES if name not in sys.modules)
    sys.meta_path.insert(0, finder)
    try:
        yield
    finally:
        _waiting.clear()
        sys.meta_path.remove(finder)
        for name in _NAMES:
            _drop(name)


class _Module(types.ModuleType):
    """Stands for a module, and loads it when something of it is asked for."""

    def __getattr__(self, name):
        # The import system looks at these, and for a module below before it imports that.
        is_special = name.startswith("__") and name != "__all__"
        if is_special or "%s.%s" % (self.__name__, name) in _waiting:
            raise AttributeError("module '%s' has no attribute '%s'" % (self.__name__, name))
        return getattr(_load(self.__name__), name)


def _drop(name):
    """Has the next import of a module find the module itself."""
    _waiting.discard(name)
    if isinstance(sys.modules.get(name), _Module):
        del sys.modules[name]


def _load(name):
    """The module itself; those above it are loaded first."""
    parts = name.split(".")
    for count in range(1, len(parts) + 1):
        _drop(".".join(parts[:count]))
    return importlib.import_module(name)


class _Finder:
    """Finds modules that stand for others, where there are others."""

    def find_spec(self, name, path=None, target=None):
        parent = name.rpartition(".")[0]
        if name in _waiting:
            above = sys.modules.get(parent)
            if not isinstance(above, _Module) and PathFinder.find_spec(name, path) is None:
                return None
            return ModuleSpec(name, self, is_package=True)
        if isinstance(sys.modules.get(parent), _Module):
            # Its package may import it in turn. It must not be loaded twice, which would happen if
            # it were found among the modules now.
            _load(parent)
            module = importlib.import_module(name)
            del sys.modules[name]
            return ModuleSpec(name, _Finished(module))
        return None

    def create_module(self, spec):
        return _Module(spec.name)

    def exec_module(self, module):
        pass


class _Finished:
    """Hands over a module that is loaded already."""

    def __init__(self, module):
        self._module = module
        self._spec = module.__spec__

    def create_module(self, spec):
        return self._module

    def exec_module(self, module):
        module.__spec__ = self._spec
        module.__loader__ = self._spec.loader
