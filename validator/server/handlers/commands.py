"""Commands that an editor can run: the plan and the graph of an open document, as text.

They write no file: how a text is shown is up to the editor.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

from validator.kinds import DEFAULT_KIND
from validator.model.automations import Document
from validator.report import Report
from validator.server.documents import OpenDocument
from validator.server.jsonrpc import INVALID_PARAMS, Json, RequestError
from validator.server.kinds import GRAPH, PLAN
from validator.server.language_server import Session
from validator.wording import quoted

_WIDTH = 100
_PLAN_FORMATS = ("text", "mermaid", "json")
_GRAPH_FORMATS = ("html", "svg", "mermaid", "dot", "json")


def register(session: Session) -> None:
    """Register the commands with the server."""

    async def run(params: Json) -> str:
        command, arguments = params.get("command"), params.get("arguments")
        if command == PLAN:
            given = _Arguments(arguments, _PLAN_FORMATS)
            return await _made(session, given, lambda model, report: _plan(model, report, given))
        if command == GRAPH:
            given = _Arguments(arguments, _GRAPH_FORMATS)
            return await _made(session, given, lambda model, report: _graph(model, report, given))
        raise RequestError(f"there is no command {quoted(str(command))}", INVALID_PARAMS)

    session.on("workspace/executeCommand", run)


class _Arguments:
    """The argument of a command: an object such as `{"uri": ..., "format": ..., "task": ...}`.

    Raises RequestError if it is something else.
    """

    def __init__(self, arguments: Any, formats: tuple[str, ...]) -> None:
        given = arguments[0] if isinstance(arguments, list) and len(arguments) == 1 else None
        if not isinstance(given, dict) or not isinstance(given.get("uri"), str):
            raise RequestError("the argument must be an object with a `uri`", INVALID_PARAMS)
        self.uri: str = given["uri"]
        self.format: str = given.get("format") or formats[0]
        self.task = given.get("task")
        self.trigger = given.get("trigger")
        if self.format not in formats:
            raise RequestError(f"`format` must be one of {', '.join(formats)}", INVALID_PARAMS)


async def _made(
    session: Session, given: _Arguments, make: Callable[[Document | None, Report], str]
) -> str:
    """The text for the current version of a document, made in a thread: it may take long."""
    document = session.served(given.uri)
    if document is None:
        raise RequestError("this document is not an open automations file")
    report = await session.checks.report(document)
    return await asyncio.to_thread(lambda: make(_model(document, report), report))


def _model(document: OpenDocument, report: Report) -> Document | None:
    """The model of a document without its secrets; None if it is broken.

    An empty file sets up nothing.
    """
    from validator.model.load import read_document

    if report.kind != DEFAULT_KIND:
        raise RequestError("only an automations file has a plan and a graph")
    limits = None if document.config is None else document.config.limits
    model = read_document(document.text, limits, hidden=report.text.secrets)
    return read_document("tasks:\n") if model is None and report.ok else model


def _plan(document: Document | None, report: Report, given: _Arguments) -> str:
    from validator.drawing.plans import plan_json, plan_mermaid, plan_text
    from validator.model.plan import of_document, of_task, of_trigger

    if document is None or not report.ok:
        raise RequestError("a file with errors has no plan; fix its errors first")
    single = given.task is not None or given.trigger is not None
    try:
        if given.task is not None:
            plans = [of_task(document, given.task)]
        elif given.trigger is not None:
            plans = [of_trigger(document, given.trigger)]
        else:
            plans = list(of_document(document))
    except (KeyError, TypeError, ValueError) as error:
        raise RequestError("there is no such task, service or trigger") from error
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
        raise RequestError("a file that can't be read has no graph")
    try:
        return drawing.draw(drawing.diagram_of(document), given.format)
    except drawing.TooLarge as error:
        raise RequestError(str(error)) from error
