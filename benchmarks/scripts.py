"""The cost of checking scripts: by shellcheck, and of finding their characters in the file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.files import CLEAN, corpus, write
from benchmarks.measure import Action, Group, command, interleaved, ours, scaled
from validator.contract.scripts import scripts
from validator.kinds import DEFAULT_KIND
from validator.parsing import reader
from validator.parsing.limits import Limits
from validator.parsing.nodes import Scalar
from validator.parsing.text import decode
from validator.shell.checker import Checker
from validator.shell.program import program
from validator.shell.shellcheck import Script
from validator.shell.source_map import SourceMap


def groups(*, quick: bool) -> Iterator[Group]:
    path = program()
    if path is None:
        return
    with TemporaryDirectory() as name:
        file = write(Path(name), "clean", CLEAN)
        actions = {
            f"--shellcheck {each}": command(*ours(), "check", "--shellcheck", each, file)
            for each in ("off", "auto")
        }
        timings = interleaved(actions, 2 if quick else 30)
    yield Group("One clean file of 1 kB, with 6 scripts", timings, {})
    yield each_script(path, _scripts(3 if quick else 10_000), rounds=1 if quick else 5)


def each_script(path: str, found: list[tuple[str, Scalar]], rounds: int) -> Group:
    texts = [Script(node.text) for _, node in found]

    def one_by_one() -> None:
        for script in texts:
            Checker(path).check([script])

    known = Checker(path)
    known.check(texts)
    actions: dict[str, Action] = {
        "shellcheck, all in one process": lambda: Checker(path).check(texts),
        "shellcheck, one process each": one_by_one,
        "known from an earlier check": lambda: known.check(texts),
        "the places of its characters": lambda: [
            SourceMap(text, node).span(0, 1) for text, node in found if node.text
        ],
    }
    timings = scaled(interleaved(actions, rounds), len(found))
    return Group(f"A script, of {len(found)} real ones", timings, {})


def _scripts(most: int) -> list[tuple[str, Scalar]]:
    found: list[tuple[str, Scalar]] = []
    for data in corpus():
        text, problem = decode(data)
        root = None if problem else reader.read(text, Limits()).root
        if root is not None:
            found += [(text, node) for _, node in scripts(root, DEFAULT_KIND)]
    return found[:most]
