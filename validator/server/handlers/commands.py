"""Commands that an editor can run: the plan and the graph of an open document, as text.

They write no file: how a text is shown is up to the editor.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

from lsprotocol import types
from pygls.exceptions import JsonRpcException, JsonRpcInvalidParams

from validator.kinds import DEFAULT_KIND
from validator.model.automations import Document
from validator.report import Report
from validator.server.documents import OpenDocument
from validator.server.language_server import Session

PLAN = "automation-validator.server.plan"
GRAPH = "automation-validator.server.graph"
"""Names of their own: some editors make commands of them, next to those of an extension."""

_WIDTH = 100
_PLAN_FORMATS = ("text", "mermaid", "json")
_GRAPH_FORMATS = ("html", "svg", "mermaid", "dot", "json")


def register(session: Session) -> None:
    """Register the commands with the server."""

    # pygls looks at the type of a first parameter of another name, which before Python 3.11 can't
    # be Any.
    @session.command(PLAN)
    async def plan(ls: object, *arguments: Any) -> str:  # noqa: ARG001
        given = _Arguments(arguments, _PLAN_FORMATS)
        return await _made(session, given, lambda model, report: _plan(model, report, given))

    @session.command(GRAPH)
    async def graph(ls: object, *arguments: Any) -> str:  # noqa: ARG001
        given = _Arguments(arguments, _GRAPH_FORMATS)
        return await _made(session, given, lambda model, report: _graph(model, report, given))


class _Arguments:
    """The argument of a command: an object such as `{"uri": ..., "format": ..., "task": ...}`.

    Raises JsonRpcInvalidParams if it is something else.
    """

    def __init__(self, arguments: tuple[object, ...], formats: tuple[str, ...]) -> None:
        given = arguments[0] if len(arguments) == 1 else None
        if not isinstance(given, dict) or not isinstance(given.get("uri"), str):
            raise JsonRpcInvalidParams("the argument must be an object with a `uri`")
        self.uri: str = given["uri"]
        self.format: str = given.get("format") or formats[0]
        self.task = given.get("task")
        self.trigger = given.get("trigger")
        if self.format not in formats:
            raise JsonRpcInvalidParams(f"`format` must be one of {', '.join(formats)}")


async def _made(
    session: Session, given: _Arguments, make: Callable[[Document | None, Report], str]
) -> str:
    """The text for the current version of a document, made in a thread: it may take long."""
    document = session.served(given.uri)
    if document is None:
        raise _refused("this document is not an open automations file")
    report = await session.checks.report(document)
    return await asyncio.to_thread(lambda: make(_model(document, report), report))


def _model(document: OpenDocument, report: Report) -> Document | None:
    """The model of a document without its secrets; None if it is broken.

    An empty file sets up nothing.
    """
    from validator.model.load import read_document

    if report.kind != DEFAULT_KIND:
        raise _refused("only an automations file has a plan and a graph")
    limits = None if document.config is None else document.config.limits
    model = read_document(document.text, limits, hidden=report.text.secrets)
    return read_document("tasks:\n") if model is None and report.ok else model


def _plan(document: Document | None, report: Report, given: _Arguments) -> str:
    from validator.drawing.plans import plan_json, plan_mermaid, plan_text
    from validator.model.plan import of_document, of_task, of_trigger

    if document is None or not report.ok:
        raise _refused("a file with errors has no plan; fix its errors first")
    single = given.task is not None or given.trigger is not None
    try:
        if given.task is not None:
            plans = [of_task(document, given.task)]
        elif given.trigger is not None:
            plans = [of_trigger(document, given.trigger)]
        else:
            plans = list(of_document(document))
    except (KeyError, TypeError, ValueError) as error:
        raise _refused("there is no such task, service or trigger") from error
    if given.format == "json":
        lines = plan_json.draw_one(plans[0]) if single else plan_json.draw(plans)
    elif given.format == "mermaid":
        lines = plan_mermaid.draw(plans)
    else:
        shown = None if single else document
        lines = plan_text.draw(plans, shown, color=False, width=_WIDTH)
    return "".join(f"{line}\n" for line in lines)


def _graph(document: Document | None, report: Report, given: _Arguments) -> str:
    from validator import drawing

    if given.format == drawing.PAGE:
        from validator.drawing.page.page import page

        return page(document, report)
    if document is None:
        raise _refused("a file that can't be read has no graph")
    try:
        return drawing.draw(drawing.diagram_of(document), given.format)
    except drawing.TooLarge as error:
        raise _refused(str(error)) from error


def _refused(reason: str) -> JsonRpcException:
    return JsonRpcException(reason, types.LSPErrorCodes.RequestFailed)
