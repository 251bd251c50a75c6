"""Older files of all kinds, for properties: what they contain is random, their syntax is right."""

from __future__ import annotations

from typing import Any

import yaml
from hypothesis import strategies as st

_COMMANDS = st.sampled_from(
    [
        "npm install",
        "npm run dev",
        "cd web",
        "echo 'a # b'; true",
        "source venv/bin/activate && python -m app",
        "for each in a b; do\n  echo $each\ndone",
        "cat <<EOF\n  gp open x\nEOF",
        'export A="$(gp url 3000)"',
        "gp sync-done ready",
        "gp sync-await ready",
        "make all && gp sync-done ready",
        "gp sync-await ready && make all",
        "gp await-port 3000",
        "gp await-port 5432; psql",
        "gp open README.md; gp preview $(gp url 3000);",
        "(gp await-port 3000 && gp preview $(gp url 3000)) &",
        "if true; then\n  gp open a\nfi",
        "gp ports expose 3000",
        "gp url 3000 | cat",
        "docker run \\\n  -p 80:80 image",
        "php -S 0.0.0.0:8000 &&",
        "  indented",
        "\ttab",
        "# only a comment",
        "",
        "'unclosed",
        "java -jar a.jar",
    ]
)
_SCRIPTS = st.one_of(
    st.lists(_COMMANDS, min_size=1, max_size=4).map("\n".join),
    _COMMANDS,
    st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=20),
    st.text("ab \n#:'\"\\&|>-{}gp", max_size=30),
)
_WORDS = st.one_of(
    st.sampled_from(
        ["needle", "Dev server", "a: b", "on", "1", "äöü", "# x", "- y", "Setup", "A" * 200]
    ),
    st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=12),
)
_ANYTHING: st.SearchStrategy[Any] = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(0, 70_000), _WORDS),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.sampled_from("abc"), inner, max_size=3)
    ),
    max_leaves=5,
)


@st.composite
def _mostly(draw: st.DrawFn, strategy: st.SearchStrategy[Any]) -> Any:
    """Values as they should be, and now and then any other."""
    return draw(strategy if draw(st.integers(0, 5)) else _ANYTHING)


_TASKS = st.fixed_dictionaries(
    {},
    optional={
        "name": _mostly(_WORDS),
        "before": _mostly(_SCRIPTS),
        "init": _mostly(_SCRIPTS),
        "prebuild": _mostly(_SCRIPTS),
        "command": _mostly(_SCRIPTS),
        "env": _mostly(
            st.dictionaries(
                st.sampled_from(["A", "B_1", "no-name", "Ü"]), _mostly(_WORDS), max_size=3
            )
        ),
        "openMode": _mostly(st.just("tab-after")),
        "x": _ANYTHING,
    },
)
_PORTS = st.fixed_dictionaries(
    {
        "port": _mostly(
            st.one_of(st.sampled_from([3000, 8000, 80, "3000-3010"]), st.integers(0, 70_000))
        )
    },
    optional={
        "onOpen": _mostly(st.sampled_from(["ignore", "open-browser", "ignore-completely"])),
        "visibility": _mostly(st.sampled_from(["public", "private"])),
        "name": _mostly(_WORDS),
        "description": _mostly(_WORDS),
        "protocol": _mostly(st.sampled_from(["http", "https"])),
    },
)
_FILES = st.fixed_dictionaries(
    {},
    optional={
        "image": _mostly(
            st.one_of(st.just("gitpod/workspace-full"), st.just({"file": ".gitpod.Dockerfile"}))
        ),
        "tasks": st.lists(_mostly(_TASKS), max_size=4),
        "ports": _mostly(st.lists(_mostly(_PORTS), max_size=3)),
        "vscode": _mostly(
            st.fixed_dictionaries({"extensions": st.lists(_mostly(st.just("a.b@1.0:x==")))})
        ),
        "jetbrains": _mostly(
            st.just({"intellij": {"plugins": ["a"], "prebuilds": {"version": "stable"}}})
        ),
        "env": _mostly(st.just({"A": "1"})),
        "gitConfig": _mostly(st.just({"core.autocrlf": "input"})),
        "github": _mostly(st.just({"prebuilds": {"master": True}})),
        "checkoutLocation": _mostly(st.just("a")),
        "workspaceLocation": _mostly(st.sampled_from(["a", "a/b", "b", "a/x.code-workspace"])),
        "additionalRepositories": _mostly(
            st.lists(
                _mostly(st.just({"url": "https://github.com/a/b/tree/c", "checkoutLocation": "b"}))
            )
        ),
        "coreDump": _ANYTHING,
        "unknown": _ANYTHING,
    },
)


@st.composite
def older_files(draw: st.DrawFn) -> tuple[dict[str, Any], str]:
    """What a file contains, and its text, in some style and with some comments."""
    content = draw(_FILES.filter(bool))
    style = draw(st.sampled_from([None, None, "|", ">", '"', "'"]))
    flow = draw(st.sampled_from([False, False, False, None]))
    text: str = yaml.dump(
        content,
        default_flow_style=flow,
        width=draw(st.sampled_from([20, 80, 1000])),
        allow_unicode=True,
        sort_keys=False,
        Dumper=_dumper(style),
    )
    head = draw(st.sampled_from(["", "# head\n", "# head\n\n", "\n# about this file\n\n# first\n"]))
    tail = draw(st.sampled_from(["", "# tail\n", "  # tail\n", "\n#\n#ports:\n#  - port: 1\n"]))
    return content, head + text + tail


def _dumper(style: str | None) -> type[yaml.SafeDumper]:
    """Writes strings in a style: YAML may use another where it has to."""

    class Dumper(yaml.SafeDumper):
        """With a style of its own."""

    Dumper.add_representer(
        str, lambda dumper, value: dumper.represent_scalar("tag:yaml.org,2002:str", value, style)
    )
    return Dumper
