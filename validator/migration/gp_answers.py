"""What takes the place of each command of `gp` in the items of a migration."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from validator.authoring.serving import asks
from validator.migration import gp_commands
from validator.migration.context import NOT_MIGRATED, Context
from validator.migration.gp_commands import Answer, Gp
from validator.migration.items import Item, Part
from validator.wording import quoted

_LOST = f"# {NOT_MIGRATED}{{}}"
_DEPENDS = "# {} (`dependsOn` does this now)"
_WAS = "# {}"
_LEAST_PORT, _LAST_PORT = 1024, 65_535

_ADVICE = {
    "env": "set variables as secrets, or in the script",
    "info": "remove it",
    "open": "remove it: a script can't open a file in the editor",
    "ports": "`ona environment port list` lists the ports, `ona environment port open N` opens one",
    "preview": "`onAutoForward` in `devcontainer.json` opens a port in the editor",
    "rebuild": "rebuild the dev container in place of it",
    "snapshot": "remove it: there are no snapshots of a workspace",
    "stop": "`ona environment stop` stops the environment",
    "timeout": "the environment's settings have the timeout",
    "top": "remove it",
    "url": "`ona environment port list` shows the addresses of open ports",
}


class _Signals(NamedTuple):
    """What commands of `gp` mean to other items.

    `done` are the names of `gp sync-done NAME` with the items that do it, `polled` those that
    services wait for, and `services` are the services by their ports.
    """

    done: dict[str, list[Item]]
    polled: frozenset[str]
    services: dict[int, Item]


class _Given(NamedTuple):
    """What becomes of a command; `advice` if it is not migrated, `guess` if that is one."""

    answer: Answer
    advice: str = ""
    guess: str = ""


def replace_gp(items: list[Item], context: Context) -> None:
    """Put the commands of `gp` in all scripts out of use, and add the dependencies they mean."""
    signals = _signals(items)
    for item in items:
        item.parts = [
            part if part.field is None else _replaced(part, item, signals, context)
            for part in item.parts
        ]


def _signals(items: list[Item]) -> _Signals:
    done: dict[str, list[Item]] = {}
    polled: set[str] = set()
    for item, gp in _all(items):
        if gp.words[:1] == ("sync-done",) and len(gp.words) == 2:
            done.setdefault(gp.words[1], []).append(item)
        elif gp.words[:1] == ("sync-await",) and len(gp.words) == 2 and item.kind == "service":
            polled.add(gp.words[1])
    services = {item.port: item for item in items if item.port is not None}
    return _Signals(done, frozenset(polled & done.keys()), services)


def _all(items: Iterable[Item]) -> Iterable[tuple[Item, Gp]]:
    for item in items:
        for part in item.parts:
            for gp in gp_commands.find(part.text):
                yield item, gp


def _replaced(part: Part, item: Item, signals: _Signals, context: Context) -> Part:
    field = part.field
    assert field is not None

    def answer(gp: Gp) -> Answer:
        given = _answer(gp, item, signals)
        if given.advice:
            context.lost_in_script(field, gp.start, gp.end, given.advice)
        if given.guess:
            context.guessed(field, given.guess, context.place(field, gp.start, gp.end))
        return given.answer

    gp = gp_commands.unread(part.text)
    if gp is not None:
        context.lost_in_script(field, gp.start, gp.end, "`gp` does not exist any more; replace it")
    return part._replace(text=gp_commands.rewrite(part.text, answer))


def _answer(gp: Gp, item: Item, signals: _Signals) -> _Given:
    """What becomes of a command of `gp`."""
    verb, arguments = (gp.words[0], gp.words[1:]) if gp.words else ("", ())
    if gp.free and len(arguments) == 1:
        if verb == "sync-done":
            return _Given(_done(arguments[0], signals))
        if verb == "sync-await":
            return _awaited(arguments[0], item, signals)
        if verb == "await-port" and arguments[0].isdecimal():
            return _Given(_await_port(int(arguments[0]), item, signals))
    opened = _opened(arguments) if gp.free and verb == "ports" else ""
    if opened:
        return _Given(Answer(_WAS, opened))
    shown = quoted(f"gp {verb}".rstrip())
    advice = f"{shown} does not exist any more: {_ADVICE.get(verb, 'remove or replace it')}"
    return _Given(Answer(_LOST, stays=not gp.free), advice)


def _done(name: str, signals: _Signals) -> Answer:
    if name in signals.polled:
        return Answer(_WAS, f"touch {_marker(name)}")
    return Answer(_DEPENDS)


def _awaited(name: str, item: Item, signals: _Signals) -> _Given:
    others = [each for each in signals.done.get(name, []) if each is not item]
    if others and item.kind == "service":
        marker = _marker(name)
        message = f"services have no `dependsOn`, so this waits for the file `{marker}`"
        wait = Answer(_WAS, f"until [ -e {marker} ]; do sleep 1; done")
        return _Given(wait, guess=f"{message}, which is made in place of `gp sync-done {name}`")
    # Not `all`, which would leave out those after one that can't be waited for.
    depends = [item.depend_on(each) for each in others]
    if not depends:
        return _Given(Answer(_LOST), f"no other task does `gp sync-done {name}`; remove it")
    if False in depends:
        return _Given(Answer(_LOST), f"what does `gp sync-done {name}` waits for this task too")
    return _Given(Answer(_DEPENDS))


def _marker(name: str) -> str:
    import re

    return f"/tmp/sync-done-{re.sub(r'[^A-Za-z0-9_-]', '-', name)}"  # noqa: S108


def _await_port(port: int, item: Item, signals: _Signals) -> Answer:
    service = signals.services.get(port)
    if service is not None and item.depend_on(service):
        return Answer(_DEPENDS)
    return Answer(_WAS, f"until {asks(port)}; do sleep 1; done")


def _opened(arguments: tuple[str, ...]) -> str:
    """The command that opens a port as `gp ports` did; empty if there is none."""
    port, _, visibility = arguments[1].partition(":") if len(arguments) == 2 else ("", "", "")
    if not port.isdecimal() or not _LEAST_PORT <= int(port) <= _LAST_PORT:
        return ""
    if arguments[0] == "expose" and not visibility:
        return f"ona environment port open {port}"
    if arguments[0] == "visibility" and visibility in ("private", "public"):
        who = "everyone" if visibility == "public" else "owner_only"
        return f"ona environment port open {port} --admission {who}"
    return ""
