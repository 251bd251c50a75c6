"""The uses of a document: every command in every format, and the language server's requests.

Each use is a function of the document's path and text. It runs in this process and writes to
standard output.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

from tests.checkout import ROOT
from validator import Config, check_text
from validator.cli.main import main
from validator.finding import Span
from validator.output import FORMATS
from validator.server.capabilities import MARKDOWN, Client
from validator.server.documents import Documents, OpenDocument
from validator.server.handlers.answers import ANSWERS, Asked
from validator.server.handlers.code_actions import Actions, Context
from validator.server.handlers.diagnostics import diagnostics
from validator.server.jsonrpc import RequestError
from validator.server.kinds import FIX_ALL
from validator.server.settings import CurrentConfigurations

Use = Callable[[str, str], object]

# An editor with all capabilities.
_CLIENT = Client(
    related=True,
    tags=True,
    described=True,
    versions=True,
    changes=True,
    literals=True,
    preferred=True,
    snippets=True,
    as_is=True,
    completion_format=MARKDOWN,
    hover_format=MARKDOWN,
    links=True,
    nested=True,
)

_OLD = str(ROOT / "fixtures/plan-diff/old.yaml")


def _command(*arguments: str) -> Use:
    return lambda path, _text: main([*arguments, path], standalone_mode=False)


def _as_json(path: str, text: str) -> object:
    other = Path(path).with_name("automations.json")
    other.write_text(text, encoding="utf-8", newline="")
    return main(["check", "--unsafe-fixes", "--diff", str(other)], standalone_mode=False)


def _on_stdin(*arguments: str) -> Use:
    def use(path: str, _text: str) -> object:
        os.dup2(os.open(path, os.O_RDONLY), 0)
        return main([*arguments, "-", "--stdin-filename", path], standalone_mode=False)

    return use


def _opened(path: str, text: str) -> OpenDocument:
    documents = Documents(CurrentConfigurations(lambda _message: None))
    return documents.open(f"file://{path}", 1, text)


def _broken(path: str, text: str) -> OpenDocument:
    """The document after an edit that makes it unreadable."""
    documents = Documents(CurrentConfigurations(lambda _message: None))
    documents.open(f"file://{path}", 1, text).read()
    document = documents.change(f"file://{path}", 2, [{"text": text + "\n}: ["}])
    assert document is not None
    return document


def _answer(value: object) -> None:
    # As the server does: to a stream, `json` takes ten times as long.
    sys.stdout.write(json.dumps(value))


def _diagnostics(path: str, text: str) -> None:
    document = _opened(path, text)
    report = check_text(document.text, path=path)
    _answer(diagnostics(report, document, _CLIENT))


def _actions(path: str, text: str, *, only: str | None = None) -> None:
    document = _opened(path, text)
    report = check_text(document.text, path=path)
    context = Context(() if only is None else (only,))
    actions = Actions(document, report, Config(), _CLIENT)
    _answer(actions.at(Span(0, len(text)), context))


def _feature(method: str, path: str, text: str, *, broken: bool = False) -> None:
    """A request at the beginning, in the middle and at the end of the document."""
    document = (_broken if broken else _opened)(path, text)
    for offset in (0, len(text) // 2, len(text) - 3):
        position = document.positions.position(offset)
        params = {
            "position": position,
            "range": {"start": {"line": 0, "character": 0}, "end": position},
            "positions": [position],
            "newName": "renamed",
            "context": {"includeDeclaration": True},
            "item": {"name": "t1"},
        }
        try:
            _answer(ANSWERS[method](Asked(params, document, _CLIENT)))
        except RequestError:
            continue  # the reason for rejecting a rename is a response too


USES: dict[str, Use] = {
    **{f"check {name}": _command("check", "--format", name) for name in FORMATS},
    "diff as JSON": _as_json,
    "baseline": _command("check", "--write-baseline", os.devnull),
    "fix": _on_stdin("check", "--fix", "--unsafe-fixes"),
    "diff": _command("check", "--diff", "--unsafe-fixes"),
    **{f"plan {name}": _command("plan", "--format", name) for name in ("text", "json", "mermaid")},
    **{f"why {name}": _command("why", "t1", "--format", name) for name in ("text", "json")},
    **{
        f"failure {name}": _command("plan", "--if-fails", "t1", "--format", name)
        for name in ("text", "json", "mermaid")
    },
    **{
        f"plan diff {name}": _command("plan", "--diff", _OLD, "--format", name)
        for name in ("text", "json", "markdown")
    },
    **{
        f"graph {name}": _command("graph", "--format", name)
        for name in ("mermaid", "dot", "svg", "json", "html")
    },
    "diagnostics": _diagnostics,
    "actions": _actions,
    "fix all": partial(_actions, only=FIX_ALL),
    **{method.rpartition("/")[2]: partial(_feature, method) for method in ANSWERS},
    **{
        f"{method.rpartition('/')[2]} when broken": partial(_feature, method, broken=True)
        for method in ("textDocument/completion", "textDocument/documentSymbol")
    },
}
"""The uses by their names."""
