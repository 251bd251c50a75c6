"""The documents that `plan --executions` reads: executions, and the tasks that they are of."""

from __future__ import annotations

import os
from collections.abc import Iterable

import click

from validator.api.build import build
from validator.api.model import ApiDocument
from validator.cli import USAGE
from validator.cli.options import chosen_configurations, config_for
from validator.cli.output_options import refuse_to_overwrite
from validator.cli.reports import STDIN
from validator.cli.stdin import read_input
from validator.cli.writing import tell
from validator.configuration.config import Config
from validator.contract import conformance, detection
from validator.engine import as_findings, check_text, unreadable
from validator.finding import Problem
from validator.model.masking import mask
from validator.parsing import reader
from validator.parsing.nodes import Mapping, Node, Scalar, Sequence, dates_as_text
from validator.parsing.text import Text, decode
from validator.pipeline import check_nodes
from validator.report import Report
from validator.rules import SECRET, secret_in_file
from validator.secrets import without_secrets

_EXECUTION, _EXECUTIONS = "task-execution", "task-execution-list"
_ITEMS = ("environment", "service", "service-list", "task", "task-list")
_LIST = "taskExecutions"
_LISTS = (_LIST, "task_executions")
_LISTS_OF_ITEMS = {"services": "service-list", "tasks": "task-list"}


class Source:
    """A document with executions, or with the references of tasks and services.

    `report` is its report, `model` is None if it has errors. Secrets are shown in neither: commands
    and names are as in the file, where they are not shown either.
    """

    def __init__(self, name: str, data: bytes, config: Config) -> None:
        self._name = name
        self._data = data
        self.config = config
        text, problem = decode(data) if len(data) <= config.limits.max_bytes else ("", None)
        self._text = Text(text)
        read = reader.read(self._text.value, config.limits, name)
        self._root = None if problem is not None else read.root
        self._secrets: tuple[Problem, ...] = ()
        if self._root is not None:
            self._secrets = tuple(secret_in_file.problems(self._text.value, self._root))
        self._listed: tuple[Problem, ...] | None = None
        if isinstance(self._root, Sequence):
            self._kind = _EXECUTIONS
            self._root = _in_object(self._root)
            checked = check_nodes(self._text.value, self._root, name, self._kind, config.uses)
            self._listed = (*read.problems, *checked.problems)
        else:
            self._kind = _EXECUTION if self._root is None else _kind(name, self._root)
        self.report = self.report_with(())
        self.model = self._model() if self.report.ok else None

    def report_with(self, others: tuple[Problem, ...]) -> Report:
        """The report of the document, with other problems that were found in it."""
        others = (*self._secrets, *others)
        if self._listed is None:
            report = check_text(
                self._data, path=self._name, kind=self._kind, config=self.config, others=others
            )
        else:
            report = self._report_of_list([*self._listed, *others])
        if not self._secrets:
            return report
        # What the API returns is in no repository.
        findings = tuple(each for each in report.findings if each.rule not in SECRET)
        return report.replace(findings=findings)

    def _report_of_list(self, problems: list[Problem]) -> Report:
        """The report of a list, which is no document of the API, but the content of one."""
        if any(each.secret for each in problems):
            problems = without_secrets(problems, self._text)
        shown = [_of_list(each) for each in problems if self.config.wants(each)]
        findings = tuple(as_findings(shown, self._text, self.config))
        return Report(self._name, self._kind, self._text, findings)

    def _model(self) -> ApiDocument | None:
        if self._root is None:
            return None
        dates_as_text(self._root)
        mask(self._root, self._text.value, self.report.text.secrets)
        refused = conformance.check(self._text.value, self._root, self._kind).refused
        return build(self._root, self._kind, refused, self._text.value)


def _in_object(executions: Sequence) -> Mapping:
    """The list as the API returns it, in an object."""
    found = Mapping(executions.start, flow=True)
    found.end = executions.end
    key = Scalar("string", executions.start, executions.start, _LIST, plain=True)
    found.members[_LIST] = (key, executions)
    return found


def _of_list(problem: Problem) -> Problem:
    return problem._replace(pointer=problem.pointer.removeprefix(f"/{_LIST}"))


def read(
    paths: Iterable[str],
    *,
    output: str,
    config_path: str | None = None,
    isolated: bool = False,
) -> list[Source]:
    """The documents at some paths, each once; `-` is standard input.

    One that can't be read ends the run. A path that does not exist, a document of another kind and
    an `output` that would replace one of the files are wrong usage.
    """
    configurations = chosen_configurations(config_path, isolated=isolated, shellcheck="off")
    sources = []
    for path in dict.fromkeys(paths):
        config = config_for(path, configurations).for_path(path)
        refuse_to_overwrite(output, path, "read")
        try:
            data = read_input(path, config.limits.max_bytes)
        except OSError as error:
            report = unreadable(path, f"can't be read: {error.strerror or error}", config)
            code = tell([report])
            if path != "-" and not os.path.lexists(path):
                from validator.cli.near_path import tell_near

                tell_near([path])
                code = USAGE
            raise click.exceptions.Exit(code) from error
        sources.append(Source(STDIN if path == "-" else path, data, config))
    return sources


def _kind(name: str, root: Node) -> str:
    """The kind of a document. One that resembles an execution is one, whatever its mistakes are."""
    found = detection.candidates(root, None)
    for kind in (_EXECUTION, _EXECUTIONS, *_ITEMS):
        if kind in found:
            return kind
    members = root.members if isinstance(root, Mapping) else {}
    for name_of_list, kind in _LISTS_OF_ITEMS.items():
        listed = members[name_of_list][1] if name_of_list in members else None
        # An empty list resembles nothing.
        if isinstance(listed, Sequence) and not listed.items:
            return kind
    names = members.keys()
    if not names.isdisjoint(_LISTS):
        return _EXECUTIONS
    if not found or not names.isdisjoint(("spec", "status")) or root.kind == "null":
        return _EXECUTION
    raise click.BadParameter(
        f"{name} contains no task execution; give one, or several in a list, as the platform's "
        "API returns them",
        param_hint="--executions",
    )
