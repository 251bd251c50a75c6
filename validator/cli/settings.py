"""The option --show-settings: the settings that apply to files, and where each comes from."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, time
from typing import Any, NamedTuple

from validator.cli.origin import Origin
from validator.configuration.config import Config
from validator.display import inert, visible
from validator.files.paths import from_here

_DEFAULT = "default"
_COMMAND_LINE = "command line"
# Not settings: where patterns begin, and settings that are shown with those they change.
_NOT_SHOWN = {"folder", "overrides", "rules", "run_plugins"}
_UNSET = {
    "kind": "inferred from the path and the content",
    "select": "all rules that are not off by default",
}
_MEANT = {"shellcheck": "auto"}
"""What the command takes None for."""


class _Layer(NamedTuple):
    """A configuration, and the name of what changed it."""

    name: str
    config: Config


def all_settings(files: Iterable[tuple[str, Config]], origin: Origin) -> str:
    """The settings for some files as TOML, each with its origin as a comment.

    Each file comes with its configuration before settings per path. A setting comes from the last
    of these that changes it: default, configuration files, command line, settings per path.
    Files with equal settings share them; if there are several parts, each is a document.
    """
    named: dict[str, list[str]] = {}
    for path, config in files:
        file = origin.of(path)
        used = from_here(file) if file else "no configuration file"
        head = f"# {inert(visible(path))}: {inert(visible(used))}\n"
        named.setdefault(_settings(path, config, origin), []).append(head)
    parts = [f"{''.join(heads)}{settings}" for settings, heads in named.items()]
    if len(parts) < 2:
        return "".join(parts)
    return "\n".join(
        f"# --- {number} of {len(parts)}: a TOML document of its own\n{part}"
        for number, part in enumerate(parts, 1)
    )


def _settings(path: str, config: Config, origin: Origin) -> str:
    """The settings for a file, without its name."""
    layers = list(_layers(path, config, origin))
    lines: list[str] = []
    tables: list[str] = []
    for name in vars(layers[-1].config):
        if name in _NOT_SHOWN:
            continue
        values = [(layer.name, _value(layer.config, name)) for layer in layers]
        key = name.replace("_", "-")
        if values[-1][1] == {}:
            continue
        if isinstance(values[-1][1], dict):
            tables += ["", f"[{key}]", *_table(values)]
        elif isinstance(values[-1][1], list):
            lines += _list(key, values)
        else:
            lines.append(_line(key, values[-1][1], _origin(values)))
    return "".join(f"{line}\n" for line in (*lines, *tables, *_rules(config)))


def _rules(config: Config) -> Iterator[str]:
    """The rules of one's own, as tables; each with the file that declares it."""
    for rule in config.rules:
        yield from ("", f"[[rules]]  # {_shown(from_here(rule.source))}")
        for key, value in vars(rule).items():
            if key != "source" and value not in ("", ()):
                yield f"{key} = {_inline(str(value) if key == 'severity' else value)}"


def _inline(value: Any) -> str:
    """A value of a configuration as TOML, on one line."""
    if isinstance(value, dict):
        pairs = (f"{_toml(key)} = {_inline(each)}" for key, each in value.items())
        return f"{{ {', '.join(pairs)} }}" if value else "{}"
    if isinstance(value, (list, tuple)):
        return f"[{', '.join(map(_inline, value))}]"
    if isinstance(value, (date, time)):
        return value.isoformat()
    if isinstance(value, float):
        # Unlike JSON, TOML has infinity.
        return repr(value)
    return _toml(value)


def _layers(path: str, config: Config, origin: Origin) -> Iterator[_Layer]:
    """The configuration as it comes about."""
    yield _Layer(_DEFAULT, Config())
    steps = origin.steps(path)
    for file, made in steps:
        yield _Layer(from_here(file), made)
    yield _Layer(_COMMAND_LINE, config)
    adapted = config
    for override in config.overrides:
        before = None
        for file, made in steps:
            # What a file adds to the same pattern comes on top of what it extends.
            now = next(
                (each for each in made.overrides if each.pattern == override.pattern), before
            )
            if now is None or now == before:
                continue
            before = now
            # The command line may name the kind of all files.
            now = now._replace(kind=override.kind and now.kind)
            adapted = adapted.replace(overrides=(now,)).for_path(path)
            by = f"{from_here(file)}, " if len(steps) > 1 else ""
            yield _Layer(f'{by}per-path "{override.pattern}"', adapted.replace(overrides=()))


def _value(config: Config, name: str) -> Any:
    value = getattr(config, name)
    return _MEANT.get(name) if value is None else _plain(value)


def _plain(value: Any) -> Any:
    """A setting as a value of JSON."""
    if hasattr(value, "_asdict"):
        value = value._asdict()
    if isinstance(value, Mapping):
        return {name.replace("_", "-"): _plain(each) for name, each in sorted(value.items())}
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, tuple):
        return list(value)
    return value if value is None or type(value) in (bool, int, str) else str(value)


def _origin(values: list[tuple[str, Any]]) -> str:
    """The name of the last change of a value."""
    last = 0
    for index in range(1, len(values)):
        if values[index][1] != values[index - 1][1]:
            last = index
    return values[last][0]


def _list(key: str, values: list[tuple[str, Any]]) -> list[str]:
    """A list with one entry per line, each with its own origin."""
    entries = values[-1][1]
    if not entries:
        return [_line(key, entries, _origin(values))]
    lines = [f"{key} = ["]
    for entry in entries:
        held = [(name, bool(value) and entry in value) for name, value in values]
        lines.append(f"  {_toml(entry)},  # {_shown(_origin(held))}")
    return [*lines, "]"]


def _table(values: list[tuple[str, Any]]) -> list[str]:
    return [
        _line(key, value, _origin([(name, each.get(key)) for name, each in values]))
        for key, value in values[-1][1].items()
    ]


def _line(key: str, value: Any, origin: str) -> str:
    if value is None:
        return f"# {key}: {_UNSET.get(key, 'not set')}"
    return f"{key} = {_toml(value)}  # {_shown(origin)}"


def _toml(value: Any) -> str:
    """A string, a boolean or an integer as TOML; it can change no other text that is shown."""
    # TOML has the escapes of JSON, but not its pairs of surrogates. A CI runner takes the two
    # doubled characters for the beginning of a command.
    text = json.dumps(value, ensure_ascii=False).replace("##", "#\\u0023").replace("::", ":\\u003a")
    return "".join(each if each.isprintable() else f"\\U{ord(each):08x}" for each in text)


def _shown(origin: str) -> str:
    return inert(visible(origin))
