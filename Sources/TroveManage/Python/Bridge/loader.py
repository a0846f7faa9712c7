"""Imports of scripts, and of the modules beside them, one repository's apart from another's."""

import importlib.machinery
import importlib.util
import os
import sys


class FreshLoader(importlib.machinery.SourceFileLoader):
    """Reads a module's source whatever `__pycache__` holds."""

    def get_code(self, fullname):
        path = self.get_filename(fullname)
        return self.source_to_code(self.get_data(path), path)


class Repository:
    """A repository's folder, and the modules that were imported from it."""

    def __init__(self, path):
        self.path = path
        #: The names of its modules, with the modules while another repository is at work.
        self.modules = {}
        self.parts = [part for part in path.split(os.sep) if part]
        #: Beginnings of the paths of its files.
        self.folders = tuple({path.rstrip(os.sep) + os.sep, os.path.realpath(path) + os.sep})

    def package_folder(self, names):
        """The folder that a dotted name means, when it lies on the way to the repository."""
        for index in range(len(self.parts) - len(names), -1, -1):
            if self.parts[index : index + len(names)] == names:
                return os.sep + os.path.join(*self.parts[: index + len(names)])
        return None


class Loader:
    """Asked for modules when nobody else has found them."""

    def __init__(self):
        self._repositories = {}
        self._current = None
        self._script_folder = None
        sys.meta_path.append(self)

    def add(self, path):
        """The repository of a folder."""
        if path not in self._repositories:
            self._repositories[path] = Repository(path)
        return self._repositories[path]

    def enter(self, path, script):
        """Makes a repository the one whose modules are imported by their plain names."""
        repository = self.add(path)
        if self._current is not repository:
            self._leave()
            self._current = repository
            for name, module in repository.modules.items():
                sys.modules[name] = module
                parent, _, child = name.rpartition(".")
                if parent in sys.modules:
                    setattr(sys.modules[parent], child, module)
        self._script_folder = os.path.dirname(script)
        return repository

    def load(self, path):
        """Executes the script of the current repository, under the name that its file has."""
        name = os.path.splitext(os.path.basename(path))[0]
        loader = FreshLoader(name, path)
        spec = importlib.util.spec_from_loader(name, loader)
        module = importlib.util.module_from_spec(spec)
        self._current.modules[name] = module
        sys.modules[name] = module
        try:
            loader.exec_module(module)
        except BaseException:
            self._current.modules.pop(name, None)
            sys.modules.pop(name, None)
            raise
        return module

    def find_spec(self, name, path=None, target=None):
        """The module of a name that nobody else knows."""
        if self._current is None:
            return None
        names = name.split(".")
        spec = None
        if len(names) == 1:
            spec = self._beside(name)
        if spec is None:
            spec = self._package(name, names)
        if spec is not None:
            self._current.modules[name] = None
        return spec

    def _beside(self, name):
        """A module beside the script or in the repository's folder."""
        folders = [self._script_folder, self._current.path]
        spec = importlib.machinery.PathFinder.find_spec(name, folders)
        if spec is None or spec.loader is None or spec.origin is None:
            return None
        if type(spec.loader) is importlib.machinery.SourceFileLoader:
            spec.loader = FreshLoader(name, spec.origin)
            spec.cached = None
        return spec

    def _package(self, name, names):
        """A folder on the way to a repository, as a package; the current one's comes first."""
        others = [other for other in self._repositories.values() if other is not self._current]
        folders = []
        for repository in [self._current] + others:
            folder = repository.package_folder(names)
            if folder is not None and folder not in folders:
                folders.append(folder)
        for folder in folders:
            file = os.path.join(folder, "__init__.py")
            if os.path.isfile(file):
                return importlib.util.spec_from_file_location(
                    name, file, loader=FreshLoader(name, file), submodule_search_locations=[folder]
                )
        if not folders:
            return None
        spec = importlib.machinery.ModuleSpec(name, None, is_package=True)
        spec.submodule_search_locations = folders
        return spec

    def _leave(self):
        """Takes the current repository's modules out of everybody's sight."""
        if self._current is None:
            return
        own = self._current.modules
        for name in list(sys.modules):
            parts = name.split(".")
            if any(".".join(parts[:count]) in own for count in range(1, len(parts) + 1)):
                own[name] = sys.modules.pop(name)
        for name in [name for name, module in own.items() if module is None]:
            del own[name]
