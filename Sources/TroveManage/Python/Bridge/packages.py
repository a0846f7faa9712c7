"""What sqlalchemy-migrate takes from pkg_resources, without pkg_resources.

It asks for its own version there, which takes longer than all the rest of its import; and newer
versions of setuptools do not bring the package any more.
"""

import contextlib
import importlib
import os
import re
import sys
import types

_NAME = "pkg_resources"


@contextlib.contextmanager
def without_resources():
    """Lets imports find a stand-in for pkg_resources, unless it is loaded already."""
    if _NAME in sys.modules:
        yield
        return
    sys.modules[_NAME] = _stand_in()
    try:
        yield
    finally:
        del sys.modules[_NAME]


def _stand_in():
    module = types.ModuleType(_NAME)
    module.Requirement = types.SimpleNamespace(parse=lambda name: name)
    module.get_provider = _Distribution
    module.EntryPoint = types.SimpleNamespace(parse=lambda text: _real().EntryPoint.parse(text))
    module.resource_filename = lambda package, name: _real().resource_filename(package, name)
    return module


def _real():
    return importlib.import_module(_NAME)


class _Distribution:
    def __init__(self, name):
        self.version = _version(name)


def _version(name):
    """The version that the folder beside a package says, which is faster than what reads it."""
    folder = re.compile(name.replace("-", "[-_.]") + r"-([^-]+)\.(dist|egg)-info", re.IGNORECASE)
    package = sys.modules.get(name.rpartition("-")[2])
    for path in map(os.path.dirname, getattr(package, "__path__", ())):
        names = os.listdir(path) if os.path.isdir(path) else ()
        found = list(filter(None, map(folder.fullmatch, names)))
        if len(found) == 1:
            return found[0].group(1)
    from importlib import metadata

    return metadata.version(name)
