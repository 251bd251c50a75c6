import json
import os
import time
from pathlib import Path

import pytest

from tests.command import run_in
from tests.optional import needs_posix
from validator import (
    Config,
    ConfigError,
    Severity,
    all_rules,
    check_file,
    check_text,
    find_config,
    find_files,
    load_config,
    schemas,
)
from validator.kinds import KINDS
from validator.rules import SELECTORS

HINT = "tasks: {a: {name: A, command: x}}\n"


def write(folder: Path, text: str, name: str = "automation-validator.toml") -> str:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return str(path)


def test_a_file_of_its_own(tmp_path: Path) -> None:
    text = """\
select = ["never-triggered", "unknown-field"]
ignore = ["ready-missing"]
fail-on = "warning"
files = ["*.automations.yaml"]
severity = { never-triggered = "error" }
limits = { max-bytes = 10, max-depth = 5, max-nodes = 7, max-alias-nodes = 0 }

[per-path."old/*"]
ignore = ["unknown-field"]
severity = { never-triggered = "hint" }
"""
    config = load_config(write(tmp_path, text))
    assert config.select == frozenset({"never-triggered", "unknown-field"})
    assert config.ignore == {"ready-missing"}
    assert config.fail_on == Severity.WARNING
    assert config.files == ("*.automations.yaml",)
    assert config.severity == {"never-triggered": Severity.ERROR}
    assert (config.limits.max_bytes, config.limits.max_depth) == (10, 5)
    assert (config.limits.max_nodes, config.limits.max_alias_nodes) == (7, 0)
    old = config.for_path(str(tmp_path / "old/a/b.yaml"))
    assert old.ignore == {"ready-missing", "unknown-field"}
    assert old.severity == {"never-triggered": Severity.HINT}
    assert config.for_path(str(tmp_path / "new/b.yaml")) == config
    assert config.for_path(None) == config


def test_an_empty_file_changes_nothing(tmp_path: Path) -> None:
    assert load_config(write(tmp_path, "")) == Config(folder=str(tmp_path))


def test_as_text_it_is_what_differs_from_the_default() -> None:
    assert repr(Config()) == "Config()"
    changed = Config(ignore={"too-large"}, severity={"wrong-type": "hint"}, shell="sh")
    assert repr(changed) == (
        "Config(ignore=frozenset({'too-large'}), "
        "severity={'wrong-type': <Severity.HINT: 1>}, shell='sh')"
    )


def test_the_table_in_pyproject(tmp_path: Path) -> None:
    text = '[tool.automation-validator]\nignore = ["never-triggered"]\n'
    path = write(tmp_path, text, "pyproject.toml")
    assert find_config(str(tmp_path)) == path
    assert load_config(path).ignore == {"never-triggered"}


def test_the_nearest_is_found_and_the_own_file_goes_first(tmp_path: Path) -> None:
    above = write(tmp_path, "")
    inner = tmp_path / "a" / "b"
    inner.mkdir(parents=True)
    assert find_config(str(inner)) == above
    write(tmp_path, '[project]\nname = "automation-validator"\n', "a/pyproject.toml")
    assert find_config(str(inner)) == above
    project = write(tmp_path, "[tool.automation-validator]\n", "a/pyproject.toml")
    assert find_config(str(inner)) == project
    own = write(tmp_path, "", "a/automation-validator.toml")
    assert find_config(str(inner)) == own


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('ignor = ["a"]', "1:1: `ignor` is not a field of a configuration; did you mean"),
        ('ignore = ["unknown-feild"]', "1:11: unknown rule `unknown-feild`; did you mean"),
        ('ignore = ["x"]', "1:11: unknown rule `x`; `automation-validator rules` lists them"),
        ("select = [1]", "1:11: `select` takes names of rules, as strings"),
        (
            'ignore = "never-triggered"',
            '1:10: `ignore` must be a list, not a string (`never-triggered`); write `["never',
        ),
        (
            'kind = "task"',
            "1:1: `kind` is not a field of a configuration; it belongs to an override",
        ),
        ('fail-on = "never"', "1:11: `never` is not a severity; expected"),
        ('severity = { unused = "hint" }', "1:14: unknown rule `unused`; `automation-validator"),
        ('severity = { yaml-syntax = "off" }', "1:28: `off` is not a severity"),
        ("limits = { max-bytes = 0 }", "1:24: `max-bytes` must be at least 1"),
        ("limits = { max-depth = 1.0 }", "1:24: `max-depth` must be a whole number"),
        ("limits = { max-depth = 2024-01-01 }", "1:24: `max-depth` must be a whole number, not a"),
        ("limits = { max-deepth = 5 }", "1:12: `max-deepth` is not a field"),
        ("[limits]\nmax-bytes = 5000001", "2:13: `max-bytes` must be at most 5000000"),
        ("limits.max-depth = 1_000_000", "1:20: `max-depth` must be at most 200"),
        ("limits.max-nodes = 200001", "1:20: `max-nodes` must be at most 200000"),
        ("limits.max-alias-nodes = 100001", "1:26: `max-alias-nodes` must be at most 100000"),
        ('per-path = { "a" = { fix = 1 } }', "1:22: `fix` is not a field of"),
        ('per-path = { "a/*~" = { kind = "x" } }', "1:32: `x` is not a document"),
        ('[per-path."a"]\nignore = [\n  "to-deep",\n]', "3:3: unknown rule `to-deep`; did you"),
        ('[per-path."severity"]\nignor = 1', "2:1: `ignor` is not a field of"),
        ('files = [""]', "1:10: an entry of `files` is empty"),
        ("a = ", "1:5: not valid TOML: invalid value"),
        ("a = 1\nb = [1,", "2:8: not valid TOML: "),
        ("a = 1\r\nb = 1\nb = 2", "3:6: not valid TOML: cannot overwrite a value"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(tmp_path: Path, text: str, message: str) -> None:
    path = write(tmp_path, text)
    with pytest.raises(ConfigError) as caught:
        load_config(path)
    assert str(caught.value).startswith(f"{path}:{message}")


def error_of(path: str) -> ConfigError:
    with pytest.raises(ConfigError) as caught:
        load_config(path)
    return caught.value


def test_in_pyproject_too(tmp_path: Path) -> None:
    text = '[tool.automation-validator]\n\nignore = ["never-triggered",\n "unkown-field"]\n'
    error = error_of(write(tmp_path, text, "pyproject.toml"))
    assert error.position == (4, 2)
    assert error.message == "unknown rule `unkown-field`; did you mean `unknown-field`?"


MISSPELT = "the table must have the name `tool.automation-validator`"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('tool = "automation-validator"', "1:1: `tool` must be a table"),
        ("[tool]\nautomation-validator = 5", "2:1: `tool.automation-validator` must be a table"),
        ("[tool.automation-validator]\nignore = [", "2:11: not valid TOML: invalid value"),
        ("tool.automation-validator.ignore = [", "1:37: not valid TOML: invalid value"),
        ("[tool]\nautomation-validator = {", "2:25: not valid TOML: "),
        ("[tool.automation-validator]\n# \xff", "2:3: invalid UTF-8: byte 0xff"),
        ("[tool.automation_validator]\n", f"1:7: {MISSPELT}"),
        ("[tool]\nother.a = 1\nautomationvalidator = {}", f"3:1: {MISSPELT}"),
        ('tool."Automation Validator".select = []', f"1:6: {MISSPELT}"),
    ],
)
def test_a_pyproject_that_has_the_table_must_be_right(
    tmp_path: Path, text: str, message: str
) -> None:
    path = tmp_path / "pyproject.toml"
    path.write_bytes(text.encode("latin-1"))
    with pytest.raises(ConfigError) as caught:
        load_config(find_config(str(tmp_path)) or "")
    assert str(caught.value).startswith(f"{path}:{message}")


UNRELATED = {
    "not TOML": b"[tool.other]\nname = automation-validator\n",
    "not UTF-8": b'name = "automation-validator" # \xff',
    "other names": b"[tool.automation_validators]\n[tool.my-automation-validator]\n",
    "other tables": b'[tool.other]\nneeds = ["automation-validator"]\n',
    "too large": b'name = "automation-validator"\n' + b"# x\n" * 300_000,
    "too deep": b'name = "automation-validator"\na = ' + b"[" * 5_000,
    "a large number": b'name = "automation-validator"\na = ' + b"1" * 5_000,
    "spaces": b'name = "automation-validator"\n' + b" " * 900_000 + b"= 1",
    "tabs": b"automation-validator" + b"\t" * 900_000,
    "dots": b'name = "automation-validator"\n' + b"a." * 100_000 + b"a = 1",
}


@pytest.mark.parametrize("content", UNRELATED.values(), ids=UNRELATED)
def test_a_pyproject_of_others_is_passed_over(tmp_path: Path, content: bytes) -> None:
    above = write(tmp_path, "")
    path = tmp_path / "a" / "pyproject.toml"
    path.parent.mkdir()
    path.write_bytes(content)
    assert find_config(str(path.parent)) == above
    write(path.parent, HINT, ".ona/automations.yaml")
    assert run_in(path.parent, "check").returncode == 0


def odd(path: Path, kind: str) -> None:
    """Make something at a path that is not a readable file."""
    if kind == "folder":
        path.mkdir()
    elif kind == "pipe":
        os.mkfifo(path)
    elif kind == "device":
        path.symlink_to("/dev/zero")
    elif kind == "broken link":
        path.symlink_to("nowhere")
    elif kind == "loop":
        path.symlink_to(path.name)


ODD = ["broken link", "device", "folder", "loop", "pipe"]


@needs_posix
@pytest.mark.parametrize("kind", ODD)
def test_a_pyproject_that_is_no_file_is_passed_over(tmp_path: Path, kind: str) -> None:
    odd(tmp_path / "pyproject.toml", kind)
    assert find_config(str(tmp_path)) is None


@needs_posix
@pytest.mark.parametrize("kind", ODD)
def test_an_own_file_that_is_no_file_is_an_error(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "automation-validator.toml"
    odd(path, kind)
    with pytest.raises(ConfigError, match=r"automation-validator\.toml: can't be read: "):
        find_config(str(tmp_path))
    write(tmp_path, HINT, ".ona/automations.yaml")
    done = run_in(tmp_path, "check")
    assert done.returncode == 2
    assert done.stdout == b""
    assert done.stderr.startswith(b"automation-validator.toml: can't be read: ")


def test_nothing_of_the_file_is_shown_raw(tmp_path: Path) -> None:
    names = ["\x1b[31m", "\r::error::x", "\u202e", "\n::error::x"]
    for name in names:
        for text in (f"ignore = [{json.dumps(name)}]", f"{json.dumps(name)} = 1"):
            assert str(error_of(write(tmp_path, text))).removeprefix(str(tmp_path)).isprintable()
    done = run_in(tmp_path, "check")
    assert done.returncode == 2
    assert done.stderr.count(b"\n") == 1


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_a_byte_order_mark_is_accepted(tmp_path: Path, encoding: str) -> None:
    (tmp_path / "automation-validator.toml").write_text('ignore = ["too-deep"]', encoding=encoding)
    assert load_config(find_config(str(tmp_path)) or "").ignore == {"too-deep"}
    text = '[tool.automation-validator]\nignore = ["too-large"]'
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "pyproject.toml").write_text(text, encoding="utf-8-sig")
    assert load_config(find_config(str(tmp_path / "a")) or "").ignore == {"too-large"}


def test_a_kind_for_some_paths(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        """
[per-path."*.json"]
kind = "task"

[per-path."executions/*"]
kind = "task-execution"

[per-path."*/x.json"]
ignore = ["missing-field"]
""",
    )
    config = load_config(path)

    def kind(name: str, given: str | None = None) -> str:
        return check_text("{}", path=str(tmp_path / name), kind=given, config=config).kind

    assert kind("a.yaml") == "automations-file"
    assert kind("a.json") == "task"
    assert kind("executions/a.json") == "task-execution"
    assert kind("other/x.json") == "task"
    assert kind("a.json", "service") == "service"


def test_the_schema_knows_every_kind() -> None:
    override = schemas.load("config.schema.json")["properties"]["per-path"]["additionalProperties"]
    assert tuple(override["properties"]["kind"]["enum"]) == tuple(KINDS)


def test_the_schema_knows_every_rule_and_every_setting() -> None:
    schema = schemas.load("config.schema.json")
    assert schema["definitions"]["selector"]["anyOf"][0]["enum"] == [*SELECTORS, *all_rules()]
    assert list(schema["definitions"]["severities"]["properties"]) == list(all_rules())
    assert schema["properties"]["fail-on"]["enum"] == [str(each) for each in reversed(Severity)]


def test_the_readme_of_the_schema_is_an_example_that_loads(tmp_path: Path) -> None:
    schema = schemas.load("config.schema.json")
    for name in ("base.toml", "more.toml"):
        write(tmp_path, 'ignore = ["ready-missing"]\n', name)
    for field, value in schema["properties"].items():
        target = schemas.target(schemas.Schema("config.schema.json", value)).value
        for example in target["examples"]:
            load_config(write(tmp_path, f"{field} = {_toml(example)}\n"))


def _toml(value: object) -> str:
    if isinstance(value, dict):
        inner = (f"{json.dumps(key)} = {_toml(each)}" for key, each in value.items())
        return f"{{ {', '.join(inner)} }}"
    if isinstance(value, list):
        return f"[{', '.join(map(_toml, value))}]"
    return json.dumps(value)


def test_severities_are_used() -> None:
    config = Config(severity={"never-triggered": Severity.ERROR})
    (finding,) = check_text(HINT, config=config).findings
    assert finding.severity == Severity.ERROR


def test_overrides_are_by_path(tmp_path: Path) -> None:
    config = load_config(write(tmp_path, '[per-path."a/*"]\nignore = ["never-triggered"]\n'))
    assert check_file(write(tmp_path, HINT, "a/x.yaml"), config=config).findings == ()
    assert len(check_file(write(tmp_path, HINT, "b/x.yaml"), config=config).findings) == 1


def test_further_files_are_found(tmp_path: Path) -> None:
    text = 'files = ["templates/**/*.tasks.yaml", "old/", "/c.yaml", "!*.x.tasks.yaml"]\n'
    config = load_config(write(tmp_path, text))
    wanted = [
        write(tmp_path, HINT, name)
        for name in (
            ".ona/automations.yaml",
            "c.yaml",
            "old/d/e.json",
            "templates/a/b.tasks.yaml",
            "templates/b.tasks.yaml",
        )
    ]
    write(tmp_path, HINT, "b.tasks.yaml")
    write(tmp_path, HINT, "templates/b.x.tasks.yaml")
    write(tmp_path, HINT, "d/c.yaml")
    assert list(find_files([tmp_path], config)) == wanted


@pytest.mark.parametrize(
    ("pattern", "why"),
    [
        (" ", "it names nothing"),
        ("./", "it names nothing"),
        ("!", "it names nothing"),
        ("# x", "`#` begins a comment; write `\\# x`"),
        ("a\nb", "it contains a line break or a null character"),
        ("../x.yaml", "`..` matches nothing;"),
        ("a/../x.yaml", "`..` matches nothing;"),
        ("./x.yaml", "write `/x.yaml`"),
        ("a//x.yaml", "write `a/x.yaml`"),
        ("C:\\a\\*.yaml", "it is absolute;"),
        ("~/x.yaml", "`~` is not expanded;"),
        ("a\\b.yaml", "`\\` quotes the character after it; write `/` between folders"),
        ("[a", "its `[` is not closed"),
        ("[[:letters:]]", "its `[` is not closed, or names an unknown class"),
        ("a\\", "it ends in `\\`"),
        (__file__, "it begins at the folder of the configuration, not at the root"),
    ],
)
def test_a_pattern_that_can_not_match_is_an_error(tmp_path: Path, pattern: str, why: str) -> None:
    for before, after in (("[per-path.", "]"), ("files = [", "]"), ('files = ["**",\n', "]")):
        text = f"fail-on = 'error'\n{before}{json.dumps(pattern)}{after}"
        error = error_of(write(tmp_path, text))
        assert error.position == (text.count("\n") + 1, len(before.split("\n")[-1]) + 1)
        assert error.message.startswith("the pattern `")
        assert f"can't match a file: {why}" in error.message


def test_an_exception_needs_a_pattern_before_it(tmp_path: Path) -> None:
    for text in ('files = ["!x", "*"]', 'per-path."!x".kind = "task"'):
        assert "and there is none before it" in error_of(write(tmp_path, text)).message
    load_config(write(tmp_path, 'files = ["*", "!x"]'))


def test_patterns_take_bounded_time(tmp_path: Path) -> None:
    started = time.process_time()
    stars = "**a" * 3_000 + "b"
    config = load_config(write(tmp_path, f'files = ["{stars}"]\nper-path."*/".kind = "task"'))
    assert not config.names(str(tmp_path / ("a" * 200) / ("a" * 200)))
    assert time.process_time() - started < 5
    error = error_of(write(tmp_path, f'files = ["{stars}", "{stars}"]'))
    assert error.message == "the patterns have more than 10,000 characters in all"


@needs_posix
@pytest.mark.parametrize("pattern", ["a/*.yaml", "/a/", "a/**", "*.yaml", "a"])
def test_patterns_are_those_of_gitignore(tmp_path: Path, pattern: str) -> None:
    config = load_config(write(tmp_path, f'files = ["{pattern}"]\n[per-path."{pattern}"]\n'))
    assert config.names(str(tmp_path / "a" / "b.yaml"))
    assert not config.names(str(tmp_path / "b" / "c.json"))
    link = tmp_path.parent / f"{tmp_path.name}-link"
    link.symlink_to(tmp_path)
    assert config.names(str(link / "a" / "b.yaml"))


def test_the_command_uses_it(tmp_path: Path) -> None:
    write(tmp_path, HINT, ".ona/automations.yaml")
    write(tmp_path, 'fail-on = "hint"\n')
    assert run_in(tmp_path, "check").returncode == 1
    assert run_in(tmp_path, "check", "--isolated").returncode == 0
    assert run_in(tmp_path, "check", "--fail-on", "error").returncode == 0
    other = write(tmp_path, 'ignore = ["never-triggered"]\n', "other.toml")
    done = run_in(tmp_path, "check", "--config", other)
    assert done.stdout == b"No findings in 1 file in the current folder.\n"


def test_the_command_refuses_a_wrong_one(tmp_path: Path) -> None:
    write(tmp_path, "nothing = 1\n")
    done = run_in(tmp_path, "check")
    assert done.returncode == 2
    assert done.stdout == b""
    assert done.stderr == (
        b"automation-validator.toml:1:1: `nothing` is not a field of a configuration; expected "
        b"`extends`, `select`, `ignore`, `severity`, `per-path`, `fail-on`, `files`, `exclude`, "
        b"`limits`, `shellcheck`, `shell`, `rules` or `plugins`\n"
    )


def test_the_defaults_that_the_schema_names_are_in_force() -> None:
    properties = schemas.load("config.schema.json")["properties"]
    limits = properties["limits"]["properties"]
    config = Config()
    assert properties["fail-on"]["default"] == str(config.fail_on)
    assert {
        name.replace("-", "_"): field["default"] for name, field in limits.items()
    } == config.limits._asdict()


def test_all_errors_are_found_at_once(tmp_path: Path) -> None:
    text = """\
ignore = ["never-triggered", "unkown-field"]
fail-on = "warnings"
fo = 1
files = ["../x"]
limits = {max-depth = 3.0, max-nodes = "x"}
[severity]
x = "error"
encoding = "bad"
[per-path."api/*"]
kind = "tasks"
ignore = [1]
"""
    path = write(tmp_path, text)
    with pytest.raises(ConfigError) as caught:
        load_config(path)
    found = (caught.value, *caught.value.more)
    places = [(1, 30), (2, 11), (3, 1), (5, 23), (5, 40), (7, 1), (8, 12), (10, 8), (11, 11)]
    assert [error.position for error in found] == places
    done = run_in(tmp_path, "check")
    assert done.stderr.decode().count("automation-validator.toml:") == len(places)


def test_of_very_many_errors_the_rest_is_counted(tmp_path: Path) -> None:
    path = write(tmp_path, "".join(f"a{number} = 1\n" for number in range(3000)))
    with pytest.raises(ConfigError) as caught:
        load_config(path)
    assert len(caught.value.more) == 20
    assert caught.value.more[-1].message == "2,980 more errors"


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("fail-on = warning", "warning"),
        ("fail-on = error # as in CI", "error"),
        ("ignore = [ready-missing, blank-value]", "ready-missing"),
        ("severity = { start-detaches = hint }", "hint"),
        ("fail-on = *warning", ""),
        ("fail-on = my warning", ""),
        ("fail-on = ", ""),
    ],
)
def test_a_string_without_quotes_is_told_to_need_them(text: str, word: str, tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as caught:
        load_config(write(tmp_path, text))
    advice = f'put `{word}` in quotes: `"{word}"`' if word else "invalid value"
    assert caught.value.message == f"not valid TOML: {advice}"
