"""PyYAML imported in parts: it is smaller, and to whoever uses it, it is the same."""

import json
import subprocess
import sys
from typing import Any

import pytest
import yaml

pytestmark = pytest.mark.skipif(not yaml.__with_libyaml__, reason="PyYAML has no libyaml here")

INSTALL = "import json, sys\nfrom validator.cli.lazy_yaml import install\ninstall()\n"

WITHOUT_LIBYAML = """
import sys

class Missing:
    def find_spec(self, name, path=None, target=None):
        if name == "yaml._yaml":
            raise {error}

sys.meta_path.insert(0, Missing())
"""


def run(program: str) -> Any:
    """What a program prints as JSON."""
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    return json.loads(done.stdout)


def test_only_the_parser_and_its_classes_are_imported() -> None:
    program = (
        f"{INSTALL}from yaml._yaml import CParser\n"
        "print(json.dumps(sorted(name for name in sys.modules if name.startswith('yaml'))))"
    )
    parts = ("", "._yaml", ".error", ".events", ".nodes")
    assert run(program) == [f"yaml{part}" for part in parts]


def test_the_package_has_all_that_it_has_otherwise() -> None:
    names = (
        "import yaml\n"
        "read = yaml.safe_load('a: [1, x]')\n"
        "dumped = yaml.dump(read, Dumper=yaml.CSafeDumper)\n"
        "print(json.dumps([read, dumped, yaml.__version__, sorted(vars(yaml))]))"
    )
    read, dumped, version, found = run(INSTALL + names)
    assert read == {"a": [1, "x"]}
    assert dumped == "a:\n- 1\n- x\n"
    assert version == yaml.__version__
    assert found == run(f"import json\n{names}")[3]


@pytest.mark.parametrize(
    ("text", "read", "error"),
    [
        ('"\\q"', "get_event", "yaml.scanner.ScannerError"),
        ("[a", "get_event", "yaml.parser.ParserError"),
        ("\x01", "get_event", "yaml.reader.ReaderError"),
        ("*a", "get_single_node", "yaml.composer.ComposerError"),
    ],
)
def test_errors_are_of_the_same_classes(text: str, read: str, error: str) -> None:
    program = (
        f"{INSTALL}from yaml._yaml import CParser\n"
        f"parser = CParser({text!r})\n"
        "try:\n"
        f"    while parser.{read}(): pass\n"
        "except Exception as raised:\n"
        "    import yaml, yaml.cyaml\n"
        f"    print(json.dumps([type(raised) is {error}, isinstance(raised, yaml.YAMLError)]))"
    )
    assert run(program) == [True, True]


def test_tokens_are_the_same() -> None:
    """Nothing of the project reads tokens; others in the process may, such as a plug-in."""
    program = (
        f"{INSTALL}import yaml\n"
        "tokens = list(yaml.scan('a: [*b, !c d]', Loader=yaml.CSafeLoader))\n"
        "known = all(isinstance(each, yaml.Token) for each in tokens)\n"
        "print(json.dumps([known, [type(each).__name__ for each in tokens]]))"
    )
    expected = [type(each).__name__ for each in yaml.scan("a: [*b, !c d]", yaml.CSafeLoader)]
    assert run(program) == [True, expected]


@pytest.mark.parametrize("error", ["ImportError('no libyaml')", "AttributeError('built anew')"])
def test_without_the_parser_all_of_pyyaml_is_imported(error: str) -> None:
    program = (
        f"{WITHOUT_LIBYAML.format(error=error)}{INSTALL}"
        "before = [name for name in sys.modules if name.startswith('yaml')]\n"
        "sys.meta_path.pop(0)\n"
        "import yaml\n"
        "print(json.dumps([before, yaml.safe_load('a: 1'), type(yaml).__name__]))"
    )
    assert run(program) == [[], {"a": 1}, "module"]


def test_without_libyaml_a_file_is_checked_all_the_same() -> None:
    program = (
        f"{WITHOUT_LIBYAML.format(error='ImportError')}{INSTALL}"
        "from validator import check_text\n"
        "found = check_text('tasks: {a: {comand: x}}').findings\n"
        "print(json.dumps([each.rule for each in found]))"
    )
    assert "unknown-field" in run(program)


def test_a_package_that_is_imported_already_is_left_alone() -> None:
    before = "import yaml\nbefore = dict(vars(yaml))\n"
    assert run(f"{before}{INSTALL}print(json.dumps(vars(yaml) == before))") is True
