"""The settings in `editors/` parse, name exactly the known paths, and are in the docs."""

import json
import re
import sys
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

from validator.kinds import KNOWN_PATHS, WORKFLOW_PATHS

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

ROOT = Path(__file__).parents[2]
EDITORS = ROOT / "editors"
PAGE = ROOT / "docs/guides/editors.md"
COMMAND = ["automation-validator", "lsp"]
OTHER_PATHS = (
    "automations.yaml",
    "ona/automations.yaml",
    "x.ona/automations.yaml",
    ".ona/automations.yaml.bak",
    ".ona/automations.yaaml",
    "config.yaml",
    ".gitpod/config.yaml",
    ".ona/config.json",
    "x.ona/config.yml",
    ".gitpod/automations/yaml",
    ".github/automations.yml",
    "ona/automations/nightly.yaml",
    ".ona/automations/old/nightly.yaml",
    ".gitpod/automations/nightly.yaml",
)


def settings(name: str) -> Any:
    return json.loads((EDITORS / name).read_text(encoding="utf-8"))


def test_the_page_shows_nothing_but_the_settings() -> None:
    text = PAGE.read_text(encoding="utf-8")
    assert text.count("```") == 2 * text.count("<!-- end -->")


def test_the_page_names_every_file() -> None:
    links = re.findall(r"\]\(\.\./\.\./(editors/[^)]+)\)", PAGE.read_text(encoding="utf-8"))
    files = (path.relative_to(ROOT) for path in EDITORS.rglob("*") if path.is_file())
    for name in files:
        if not {"vscode", "runtime", "README.md"} & {*name.parts}:
            assert str(name) in links or str(name.parent) in links
    for link in links:
        assert (ROOT / link).exists()


def test_neovim() -> None:
    text = (EDITORS / "neovim.lua").read_text(encoding="utf-8")
    folders = list(dict.fromkeys(path.rpartition("/")[0] for path in WORKFLOW_PATHS))
    assert re.findall(r'^  "(.*)",$', text, re.MULTILINE) == [*KNOWN_PATHS, *folders]
    assert 'cmd = { "automation-validator", "lsp" }' in text


def test_helix() -> None:
    languages = tomllib.loads((EDITORS / "helix/languages.toml").read_text(encoding="utf-8"))
    ((name, server),) = languages["language-server"].items()
    assert [server["command"], *server["args"]] == COMMAND
    (language,) = languages["language"]
    assert language["language-servers"] == [name]
    assert language["file-types"] == [{"glob": path} for path in KNOWN_PATHS + WORKFLOW_PATHS]
    queries = EDITORS / "helix/runtime/queries" / language["name"]
    assert {path.name for path in queries.iterdir()} >= {"highlights.scm", "indents.scm"}
    for path in queries.iterdir():
        assert path.read_text(encoding="utf-8") == f"; inherits: {language['grammar']}\n"


def test_emacs() -> None:
    text = (EDITORS / "eglot.el").read_text(encoding="utf-8")
    assert '("automation-validator" "lsp" ' in text
    patterns = re.findall(r"^ +'\(\"(.*)\"\s+\. automations-mode", text, re.MULTILINE)
    # In Python's syntax, which Emacs' own test below confirms.
    in_python = "|".join(patterns).replace("\\\\", "\\").replace(r"\(?:", "(?:").replace(r"\|", "|")
    in_python = in_python.replace(r"\)", ")").replace(r"\'", r"\Z")
    for path in (*KNOWN_PATHS, *(path.replace("*", "nightly") for path in WORKFLOW_PATHS)):
        assert re.search(in_python, f"/home/me/project/{path}")
    for path in OTHER_PATHS:
        assert not re.search(in_python, f"/home/me/project/{path}")


def test_sublime_text() -> None:
    ((_, client),) = settings("sublime/LSP.sublime-settings")["clients"].items()
    assert client["enabled"] is True
    assert client["command"] == COMMAND
    assert client["selector"] == "source.yaml"


def test_vim() -> None:
    text = (EDITORS / "automations.vim").read_text(encoding="utf-8")
    assert re.findall(r"\\ ?\*/(\S+?),?$", text, re.MULTILINE) == [*KNOWN_PATHS, *WORKFLOW_PATHS]
    assert "['automation-validator', 'lsp']" in text


def test_kate() -> None:
    ((language, server),) = settings("kate.json")["lspclient"]["servers"].items()
    assert language == "yaml"
    assert server["command"] == COMMAND
    assert re.search(server["highlightingModeRegex"], "YAML")


def test_zed() -> None:
    binary = settings("zed.json")["lsp"]["yaml-language-server"]["binary"]
    path = Path(binary["path"])
    assert path.is_absolute()
    assert [path.name, *binary["arguments"]] == COMMAND


def test_jetbrains() -> None:
    template = settings("jetbrains/template.json")
    assert template["programArgs"] == {"default": " ".join(COMMAND)}
    (mapping,) = template["fileTypeMappings"]
    patterns = mapping["fileType"]["patterns"]
    for path in (*KNOWN_PATHS, *WORKFLOW_PATHS):
        assert any(fnmatch(path.rpartition("/")[2], pattern) for pattern in patterns)


def test_no_settings_trust_every_repository() -> None:
    options = [
        settings("sublime/LSP.sublime-settings")["clients"]["automation-validator"][
            "initializationOptions"
        ],
        settings("zed.json")["lsp"]["yaml-language-server"]["initialization_options"],
        settings("kate.json")["lspclient"]["servers"]["yaml"]["initializationOptions"],
        settings("jetbrains/initializationOptions.json"),
        tomllib.loads((EDITORS / "helix/languages.toml").read_text(encoding="utf-8"))[
            "language-server"
        ]["automation-validator"]["config"],
    ]
    assert options == [{"trusted": False}] * 5
    written = {
        "neovim.lua": "init_options = { trusted = false },",
        "automations.vim": "'initialization_options': {'trusted': v:false},",
        "eglot.el": ":initializationOptions (:trusted :json-false)",
    }
    for name, line in written.items():
        assert (EDITORS / name).read_text(encoding="utf-8").count(line) == 1
