"""`pyproject.toml`, `requirements.txt` and `manage.py`: a project of Python, and its tool."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from validator.proposal.folder import Folder
from validator.proposal.items import Item, besides_make, install, server, test

_PROJECT = "pyproject.toml"
_REQUIREMENTS = ("requirements.txt", "requirements-dev.txt", "dev-requirements.txt")
_NAME = r"\s*([A-Za-z0-9][A-Za-z0-9._-]*)"
_EXTRAS = ("dev", "test", "tests")
_FASTAPI = ("main.py", "app.py", "api.py", "app/main.py", "app/app.py", "app/api.py")


def propose(folder: Folder, found: list[Item]) -> list[Item]:
    """Tasks that install and test a project, and the server of its web framework."""
    project = folder.toml(_PROJECT) or {}
    lists = {name: folder.text(name) for name in _REQUIREMENTS if folder.has(name)}
    requirements = {name: text for name, text in lists.items() if text is not None}
    tool, script, source = _install(folder, project, requirements)
    items = [install(script, source, tool)] if script else []
    prefix = f"{tool} run " if tool in ("uv", "poetry", "pdm") else ""
    names = set(_names(project, requirements.values()))
    # Without any of these it may be a repository with a single script in Python.
    if project or requirements or folder.has("manage.py"):
        items += _test(folder, project, names, prefix, source or "manage.py", tool)
        items += _server(folder, names, prefix, source, tool)
    return besides_make(folder, found, items)


def _install(
    folder: Folder, project: dict[str, Any], requirements: dict[str, str]
) -> tuple[str, str, str]:
    """The tool of a project, the command that installs it, and the file that says so."""
    own = _table(project, "tool")
    for tool, command in (("uv", "uv sync"), ("poetry", "poetry install"), ("pdm", "pdm install")):
        if project and (folder.has(f"{tool}.lock") or isinstance(own.get(tool), dict)):
            return tool, command, _PROJECT
    if requirements:
        texts = "".join(requirements.values())
        # A list for development often includes the other one.
        chosen = [name for name in requirements if f"-r {name}" not in texts] or [*requirements]
        options = " ".join(f"-r {name}" for name in chosen)
        return "pip", f"pip install {options}", chosen[0]
    if "project" in project or "build-system" in project:
        extras = _table(_table(project, "project"), "optional-dependencies")
        extra = next((name for name in _EXTRAS if name in extras), "")
        return "pip", f"pip install -e '.[{extra}]'" if extra else "pip install -e .", _PROJECT
    return "pip", "", ""


def _test(
    folder: Folder, project: dict[str, Any], names: set[str], prefix: str, source: str, tool: str
) -> list[Item]:
    configured = "pytest" in _table(project, "tool") or folder.has("pytest.ini")
    if configured or any(name.startswith("pytest") for name in names):
        return [test(f"{prefix}pytest", source, tool)]
    if folder.has("manage.py"):
        return [test(f"{prefix}python manage.py test", "manage.py", tool)]
    return []


def _server(folder: Folder, names: set[str], prefix: str, source: str, tool: str) -> list[Item]:
    if folder.has("manage.py"):
        return [server(f"{prefix}python manage.py runserver", "manage.py", tool)]
    if names & {"fastapi[standard]", "fastapi-cli"} and folder.first(*_FASTAPI):
        return [server(f"{prefix}fastapi dev", source, tool)]
    if "flask" in names and folder.first("app.py", "wsgi.py"):
        return [server(f"{prefix}flask run", source, tool)]
    if "streamlit" in names and (script := folder.first("streamlit_app.py", "app.py")):
        return [server(f"{prefix}streamlit run {script}", source, tool)]
    return []


def _names(project: dict[str, Any], requirements: Iterable[str]) -> Iterator[str]:
    """The names of the packages that a project depends on, in lower case."""
    own = _table(project, "project")
    lines = [*_list(own.get("dependencies"))]
    for groups in (_table(own, "optional-dependencies"), _table(project, "dependency-groups")):
        for each in groups.values():
            lines += _list(each)
    for text in requirements:
        lines += text.splitlines()
    for line in lines:
        if isinstance(line, str) and (found := re.match(_NAME, line)):
            yield found[1].lower()
            if re.match(r"\s*fastapi\s*\[[^\]]*\bstandard\b", line, re.IGNORECASE):
                yield "fastapi[standard]"
    poetry = _table(_table(project, "tool"), "poetry")
    yield from map(str.lower, _table(poetry, "dependencies"))
    yield from map(str.lower, _table(poetry, "dev-dependencies"))
    for group in _table(poetry, "group").values():
        if isinstance(group, dict):
            yield from map(str.lower, _table(group, "dependencies"))


def _table(tables: dict[str, Any], name: str) -> dict[str, Any]:
    found = tables.get(name)
    return found if isinstance(found, dict) else {}


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []
