"""What sqlalchemy-migrate takes from pkg_resources, without pkg_resources.

It asks for its own version there, which takes longer than all the rest of its import; and newer
versions of setuptools do not bring the package any more.
"""

import contextlib
import importlib
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
        from importlib import metadata

        self.version = metadata.version(name)
