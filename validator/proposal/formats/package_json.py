"""`package.json`: a package of JavaScript, and the package manager that its lock file shows."""

from __future__ import annotations

import re
from typing import Any

from validator.authoring.serving import may_run_on, serves
from validator.proposal.folder import Folder
from validator.proposal.items import MOST_CHARACTERS, Item, build, install, server, test

_NAME = "package.json"
_LOCK_FILES = {
    "pnpm-lock.yaml": "pnpm",
    "yarn.lock": "yarn",
    "bun.lock": "bun",
    "bun.lockb": "bun",
    "package-lock.json": "npm",
    "npm-shrinkwrap.json": "npm",
}
_DEPENDENCIES = ("dependencies", "devDependencies", "optionalDependencies", "workspaces")
_SERVERS = ("dev", "develop", "start:dev", "serve", "start")
# What `npm init` writes.
_NO_TEST = "no test specified"
_WATCHES = r"\s--?watch(?:All)?\b(?!=false)"
_RUNS = r"(?:npm|pnpm|yarn|bun)(?: run)? ([\w:.-]+)"
_MOST_STEPS = 5


def propose(folder: Folder, found: list[Item]) -> list[Item]:  # noqa: ARG001
    """A task that installs, and what the scripts `dev`, `build` and `test` do."""
    package = folder.json(_NAME)
    if package is None:
        return []
    lock = folder.first(*_LOCK_FILES)
    manager = _named(package) or _LOCK_FILES.get(lock or "", "npm")
    scripts = _scripts(package)
    items: list[Item] = []
    if lock or any(package.get(each) for each in _DEPENDENCIES):
        item = install(_install(folder, package, manager), _NAME, manager)
        if not lock and not _named(package):
            item = item._replace(guesses=("there is no lock file, so the package manager is npm",))
        items.append(item)
    if "build" in scripts:
        items.append(build(_run(manager, "build"), _NAME, manager))
    if "test" in scripts and _NO_TEST not in scripts["test"]:
        guesses: tuple[str, ...] = ()
        if re.search(_WATCHES, scripts["test"]):
            guesses = ("`test` watches the files, so it runs until it is stopped",)
        items.append(test(_run(manager, "test"), _NAME, manager)._replace(guesses=guesses))
    items += _dev(scripts, manager)
    return items


def _named(package: dict[str, Any]) -> str:
    """The package manager that the package itself names, or an empty string."""
    found = re.match(r"(npm|pnpm|yarn|bun)@", str(package.get("packageManager") or ""))
    return found[1] if found else ""


def _scripts(package: dict[str, Any]) -> dict[str, str]:
    scripts = package.get("scripts")
    if not isinstance(scripts, dict):
        return {}
    return {
        name: script[:MOST_CHARACTERS]
        for name, script in scripts.items()
        if isinstance(script, str) and script.strip()
    }


def _install(folder: Folder, package: dict[str, Any], manager: str) -> str:
    """The command that installs what the lock file says, if there is one of the manager."""
    if not any(folder.has(lock) for lock, each in _LOCK_FILES.items() if each == manager):
        return f"{manager} install"
    if manager == "npm":
        return "npm ci"
    if manager == "yarn":
        # Yarn 1 has another option than later ones, which have this file.
        later = re.match(r"yarn@(?!1\.)", str(package.get("packageManager") or ""))
        return (
            "yarn install --immutable"
            if later or folder.has(".yarnrc.yml")
            else "yarn install --frozen-lockfile"
        )
    return f"{manager} install --frozen-lockfile"


def _run(manager: str, script: str) -> str:
    """The command that runs a script of the package, as people write it."""
    if manager in ("pnpm", "yarn") or (manager == "npm" and script in ("test", "start")):
        return f"{manager} {script}"
    return f"{manager} run {script}"


def _dev(scripts: dict[str, str], manager: str) -> list[Item]:
    """The service that runs the first script that is a server; a task if that script ends."""
    named = [name for name in _SERVERS if name in scripts]
    if not named:
        return []
    name = next((each for each in named if serves(_resolved(scripts, each))), named[0])
    script = _resolved(scripts, name)
    item = server(_run(manager, name), _NAME, manager, script)
    if serves(script):
        return [item]
    if may_run_on(script):
        return [_guessed(item, f"`{name}` is taken for a server, by its name")]
    command = _run(manager, name)
    start = test(command, _NAME, manager)._replace(role="dev", reference="start", name="Start")
    return [_guessed(start, f"`{name}` ends by itself, so it is a task")]


def _guessed(item: Item, message: str) -> Item:
    return item._replace(guesses=(message, *item.guesses))


def _resolved(scripts: dict[str, str], name: str) -> str:
    """What a script runs, where it only runs another one of the package."""
    script = scripts[name]
    for _ in range(_MOST_STEPS):
        found = re.fullmatch(_RUNS, script.strip())
        if found is None or found[1] not in scripts:
            break
        script = scripts[found[1]]
    return script
