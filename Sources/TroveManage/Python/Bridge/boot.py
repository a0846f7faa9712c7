"""Runs as `python -c`: finds the bridge's modules in the channel's first line, and starts it."""

import sys

# `-c` puts the working directory first; it must not decide what `import json` finds.
if sys.path[:1] == [""]:
    del sys.path[0]

import fcntl
import gc
import json
import os
from importlib.machinery import ModuleSpec

CHANNEL, LIFELINE = 3, 4


class Bridge:
    """Finds the modules of the bridge among the texts that came over the channel."""

    def __init__(self, modules):
        self.modules = dict(modules)

    def find_spec(self, name, path=None, target=None):
        if name not in self.modules:
            return None
        origin = "<trove-manage>/%s.py" % name.rpartition(".")[2]
        spec = ModuleSpec(name, self, origin=origin, is_package="." not in name)
        spec.has_location = True
        return spec

    def create_module(self, spec):
        return None

    def exec_module(self, module):
        code = compile(self.modules[module.__name__], module.__spec__.origin, "exec")
        exec(code, module.__dict__)


def boot():
    # Imports make many objects that stay, and to look for garbage among them takes a tenth of the
    # whole run's time; main turns it on again when the scripts are loaded.
    gc.disable()
    for descriptor in (CHANNEL, LIFELINE):
        os.set_inheritable(descriptor, False)
    # Nothing ever arrives there; its other end closes with the program, and the kernel kills us.
    if hasattr(fcntl, "F_SETSIG"):
        fcntl.fcntl(LIFELINE, fcntl.F_SETOWN, os.getpid())
        fcntl.fcntl(LIFELINE, fcntl.F_SETSIG, 9)
        flags = fcntl.fcntl(LIFELINE, fcntl.F_GETFL)
        fcntl.fcntl(LIFELINE, fcntl.F_SETFL, flags | os.O_ASYNC | os.O_NONBLOCK)
        # There is no signal for an end that came before; all that can be read is the end.
        try:
            os.read(LIFELINE, 1)
            os._exit(0)
        except BlockingIOError:
            pass
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="backslashreplace", line_buffering=True)
    reader = open(CHANNEL, "rb", buffering=1 << 16, closefd=False)
    first = reader.readline()
    if not first:
        os._exit(0)
    sys.meta_path.insert(0, Bridge(json.loads(first)["modules"]))
    from trove_migrate import main

    main.serve(reader)


boot()
