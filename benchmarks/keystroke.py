"""What the language server's check costs after a keystroke in a long file.

The processor time of the check of a text that was edited in one of its tasks, compared with a check
of the whole text.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count

from benchmarks.language_server import TASK
from benchmarks.measure import Action, Group, interleaved
from validator.configuration.config import Config
from validator.language.snapshot import View
from validator.server.run import make_session
from validator.server.scheduling import shown

PATH = ".ona/automations.yaml"
SCRIPT = """\
  task-{0}:
    name: Install {0}
    description: Installs the packages of part {0}.
    command: |
      set -e
      cd packages/part-{0}
      npm ci
      if [ -f .env.example ] && [ ! -f .env ]; then
        cp .env.example .env
      fi
      npm run build -- --mode=development
    dependsOn: [{1}]
    triggeredBy:
      - postDevcontainerStart
"""


def groups(*, quick: bool) -> Iterator[Group]:
    # It also remembers more of the scripts than the command does.
    make_session()
    rounds, tasks = (1, 50) if quick else (30, 1_000)
    for title, item in (("", TASK), (" with a script each", SCRIPT)):
        items = [item.format(each, f"task-{each - 1}" if each else "") for each in range(tasks)]
        text = "tasks:\n" + "".join(items)
        timings = interleaved(_actions(text, text.index("\n", len(text) // 2)), rounds)
        yield Group(f"A keystroke in one of {tasks:,} tasks{title}: its check", timings, {})


def _actions(text: str, at: int) -> dict[str, Action]:
    config = Config(shellcheck="off")
    view = View.of(text, PATH)
    shown(text, PATH, config, None, view.read)
    number = count(1)

    def typed() -> View:
        """The text with one more character."""
        nonlocal view
        view = View.of(f"{text[:at]} #{'x' * next(number)}{text[at:]}", PATH, view)
        return view

    def edited() -> None:
        shown(typed().text.value, PATH, config, None, view.read)

    return {
        "the whole text": lambda: shown(typed().text.value, PATH, config, None),
        "only what was edited": edited,
    }
