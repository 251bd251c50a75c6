"""PyYAML without what a check does not use, in the process of the command.

`import yaml` imports all of PyYAML: readers, scanners and writers in Python, which take ten times
as long to import as libyaml's parser takes to read a file. `install` puts a package `yaml` in its
place whose modules are imported as they are needed. All of it works: the package itself is run when
something is taken from it that it does not have yet, such as `yaml.safe_load`.

libyaml's parser takes classes from modules that a check of a valid file does not need: those of
errors and of tokens. They are replaced by functions that import the class and make the object.

The library leaves PyYAML alone, which others in its process may be importing.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from importlib import import_module
from importlib.machinery import PathFinder
from types import ModuleType

_LATE = (
    *("reader", "scanner", "parser", "composer", "constructor"),
    *("emitter", "serializer", "representer", "tokens"),
)
"""The modules of which libyaml's parser does nothing but make objects of their classes."""


class _Package(ModuleType):
    """A package whose `__init__` is run when a name is looked up that it does not have."""

    def __getattr__(self, name: str) -> object:
        self.__class__ = ModuleType  # type: ignore[assignment]
        spec = self.__spec__
        assert spec is not None
        assert spec.loader is not None
        spec.loader.exec_module(self)
        return getattr(self, name)


class _Late:
    """In place of a module: functions that make the objects of its classes."""

    def __init__(self, module: str) -> None:
        self._module = module

    def __getattr__(self, name: str) -> Callable[..., object]:
        def make(*arguments: object) -> object:
            return getattr(import_module(self._module), name)(*arguments)

        return make


def install() -> None:
    """Make `import yaml` import as little as possible; without libyaml, change nothing."""
    spec = None if "yaml" in sys.modules else PathFinder.find_spec("yaml")
    if spec is None or spec.submodule_search_locations is None:
        return
    package = _Package("yaml")
    vars(package).update(
        __spec__=spec,
        __loader__=spec.loader,
        __file__=spec.origin,
        __cached__=spec.cached,
        __path__=spec.submodule_search_locations,
        __package__="yaml",
        **{name: _Late(f"yaml.{name}") for name in _LATE},
    )
    sys.modules["yaml"] = package
    try:
        for name in ("error", "events", "nodes", "_yaml"):
            import_module(f"yaml.{name}")
    except Exception:
        # There is no libyaml, or a PyYAML that is built in another way: import all of it.
        for name in [each for each in sys.modules if each.partition(".")[0] == "yaml"]:
            del sys.modules[name]
    else:
        for name in _LATE:
            delattr(package, name)
