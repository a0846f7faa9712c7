"""Answers the program's requests: checks scripts, and runs them."""

import gc
import os
import sys

from . import deferral, failure, packages
from .channel import Channel
from .loader import Loader


class Session:
    """What lasts from one request to the next."""

    def __init__(self, channel):
        self._channel = channel
        self._loader = Loader()
        self._engines = {}
        # Modules that were loaded by a check and have not run yet.
        self._checked = {}
        # Why sqlalchemy-migrate is not there.
        self._changeset = None
        self._prepared = False

    def check(self, request):
        """Loads every script, up to the first that fails."""
        try:
            return self._check(request)
        finally:
            # What was loaded stays.
            gc.freeze()
            gc.enable()

    def _check(self, request):
        sys.path.extend(path for path in request["paths"] if path not in sys.path)
        for script in request["scripts"]:
            self._loader.add(script["repository"])
        for number, script in enumerate(request["scripts"]):
            fault = self._attempt(script, lambda: self._check_script(script))
            if fault is not None:
                return {"done": "check", "failures": [{"script": number, "failure": fault}]}
        return {"done": "check", "failures": []}

    def load_dialect(self, dialect):
        """Loads what the first run needs, while the program begins its transaction."""
        try:
            from . import dialects

            dialects.load(dialect)
        except Exception:
            # The run loads it again, and says what is wrong.
            pass

    def run(self, request):
        """Runs one script's function."""
        fault = self._attempt(request, lambda: self._run_script(request))
        return {"done": "run"} if fault is None else {"done": "run", "failure": fault}

    def _attempt(self, script, action):
        """The failure with which an action for a script ends, or None."""
        try:
            self._prepare()
            return action()
        except BaseException as exception:
            folders = self._loader.add(script["repository"]).folders
            return failure.describe(exception, script["path"], folders, self._changeset)

    def _prepare(self):
        """Imports SQLAlchemy and sqlalchemy-migrate, which every script finds loaded."""
        if self._prepared:
            return
        import warnings

        os.environ.setdefault("SQLALCHEMY_SILENCE_UBER_WARNING", "1")
        with warnings.catch_warnings(), deferral.deferred():
            # Old packages on new interpreters: nothing that a migration's author could mend.
            warnings.simplefilter("ignore")
            import sqlalchemy  # noqa: F401

            self._import_changeset()
        sys.dont_write_bytecode = True
        self._prepared = True

    def _import_changeset(self):
        import inspect

        if not hasattr(inspect, "getargspec"):
            # Python 3.11 dropped it, and sqlalchemy-migrate calls it.
            inspect.getargspec = lambda function: inspect.getfullargspec(function)[:4]
        try:
            with packages.without_resources():
                import migrate.changeset  # noqa: F401
        except Exception as exception:
            self._changeset = failure.reason(exception)

    def _check_script(self, script):
        path = script["path"]
        self._loader.enter(script["repository"], path)
        module = self._checked.get(path)
        if module is None:
            module = self._loader.load(path)
        fault = _unusable(module, script)
        if fault is None:
            self._checked[path] = module
        return fault

    def _run_script(self, request):
        path, name = request["path"], request["function"]
        repository = self._loader.enter(request["repository"], path)
        self._channel.open(repository.folders)
        engine = self._engine(request["dialect"], request["url"], request["record"])
        module = self._checked.pop(path, None)
        if module is None:
            module = self._loader.load(path)
            fault = _unusable(module, request)
            if fault is not None:
                return fault
        getattr(module, name)(engine)
        return None

    def _engine(self, dialect, url, records):
        key = (dialect, url)
        if key not in self._engines:
            from . import dialects

            self._engines[key] = dialects.make_engine(self._channel, dialect, url, records)
            dialects.refuse_connections(dialect, url)
        return self._engines[key]


def _unusable(module, script):
    """Why a script's function cannot be called with an engine."""
    import inspect

    name, path = script["function"], script["path"]
    function = getattr(module, name, None)
    if not callable(function):
        return failure.plain("ScriptError", "there is no function %s(migrate_engine)" % name, path)
    try:
        inspect.signature(function).bind(None)
    except TypeError:
        code = getattr(function, "__code__", None)
        line = code.co_firstlineno if code is not None else None
        text = "%s() must take one argument, the engine" % name
        return failure.plain("ScriptError", text, path, line)
    except ValueError:
        # A function without a signature, one of C's.
        pass
    return None


def serve(reader):
    """Answers requests until the program goes."""
    channel = Channel(reader)
    session = Session(channel)
    answers = {"check": session.check, "run": session.run}
    while True:
        request = channel.receive()
        answer = answers[request["do"]](request)
        channel.answer(answer)
        if answer["done"] == "check" and not answer["failures"]:
            session.load_dialect(request["dialect"])
