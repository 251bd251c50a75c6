"""Python, Go, Rust, makefiles and Procfiles: what their files give."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.proposal.repositories import notes, proposed, ready, scripts


@pytest.mark.parametrize(
    ("files", "commands"),
    [
        ({"pyproject.toml": '[project]\nname = "a"\n'}, {"install": "pip install -e ."}),
        (
            {"pyproject.toml": "[project.optional-dependencies]\ndocs = []\ntest = ['pytest']\n"},
            {"install": "pip install -e '.[test]'", "test": "pytest"},
        ),
        ({"pyproject.toml": "[tool.ruff]\n"}, {}),
        ({"pyproject.toml": "[project]\n", "uv.lock": ""}, {"install": "uv sync"}),
        (
            {"pyproject.toml": "[tool.uv]\n[dependency-groups]\ndev = ['pytest>=8']\n"},
            {"install": "uv sync", "test": "uv run pytest"},
        ),
        (
            {"pyproject.toml": "[tool.poetry.group.dev.dependencies]\npytest = '*'\n"},
            {"install": "poetry install", "test": "poetry run pytest"},
        ),
        (
            {"pyproject.toml": "[tool.pdm]\n[project]\ndependencies = ['PyTest']\n"},
            {"install": "pdm install", "test": "pdm run pytest"},
        ),
        ({"uv.lock": ""}, {}),
        ({"requirements.txt": "flask\n"}, {"install": "pip install -r requirements.txt"}),
        (
            {"requirements.txt": "a\n", "requirements-dev.txt": "pytest\n"},
            {
                "install": "pip install -r requirements.txt -r requirements-dev.txt",
                "test": "pytest",
            },
        ),
        (
            {"requirements.txt": "a\n", "requirements-dev.txt": "-r requirements.txt\n"},
            {"install": "pip install -r requirements-dev.txt"},
        ),
        (
            {"requirements.txt": "django\n", "manage.py": ""},
            {
                "install": "pip install -r requirements.txt",
                "test": "python manage.py test",
                "dev": "python manage.py runserver",
            },
        ),
        (
            {"requirements.txt": "Flask==3\n", "wsgi.py": ""},
            {"install": "pip install -r requirements.txt", "dev": "flask run"},
        ),
        (
            {"requirements.txt": "fastapi[all,standard]\n", "main.py": ""},
            {"install": "pip install -r requirements.txt", "dev": "fastapi dev"},
        ),
        (
            {"requirements.txt": "fastapi\n", "main.py": ""},
            {"install": "pip install -r requirements.txt"},
        ),
        (
            {"requirements.txt": "streamlit\n", "streamlit_app.py": ""},
            {
                "install": "pip install -r requirements.txt",
                "dev": "streamlit run streamlit_app.py",
            },
        ),
        (
            {"go.mod": "module a\n"},
            {"install": "go mod download", "build": "go build ./...", "test": "go test ./..."},
        ),
        (
            {"Cargo.toml": "[package]\n"},
            {"install": "cargo fetch", "build": "cargo build", "test": "cargo test"},
        ),
        ({"Cargo.toml": "[profile.dev]\n"}, {}),
    ],
)
def test_a_language(
    tmp_path: Path, files: dict[str, str | bytes], commands: dict[str, str]
) -> None:
    assert scripts(proposed(tmp_path, files)) == commands


def test_two_languages_have_their_names_in_the_references(tmp_path: Path) -> None:
    proposal = proposed(tmp_path, {"go.mod": "module a\n", "requirements.txt": "a\n"})
    assert [*scripts(proposal)] == ["install-pip", "install-go", "build", "test"]
    assert "name: Install dependencies (Go)" in proposal.file


@pytest.mark.parametrize(
    ("makefile", "commands"),
    [
        ("build: a\n\tcc a.c\n", {"build": "make build"}),
        ("all:\n\tcc a.c\ncheck test:\n\t./a\n", {"build": "make all", "test": "make test"}),
        ("install:\n\tcp a /usr/bin\n", {}),
        ("install:\n\t@npm ci\n", {"install": "make install"}),
        ("setup: ; pip install a\n", {"install": "make setup"}),
        ("deps: ## get them\n\tgo mod download\n", {"install": "make deps"}),
        ("dev:\n\t-@vite --port 81\\\n23\n", {"dev": "make dev"}),
        ("serve:: dep\n\tpython -m http.server\n", {"dev": "make serve"}),
        ("run:\n\t./hello\n", {"run": "make run"}),
        ("run:\n\tflask run --port 5001\n", {"dev": "make run"}),
        ("build := 1\ntest ?= 2\ndev = 3\n%.o: %.c\n\tcc\n# test: no\n.PHONY: build\n", {}),
        ("define x\nbuild\nendef\nifeq (a,b)\ntest:\n\ttrue\nendif\n", {"test": "make test"}),
    ],
)
def test_a_makefile(tmp_path: Path, makefile: str, commands: dict[str, str]) -> None:
    assert scripts(proposed(tmp_path, {"Makefile": makefile})) == commands


def test_the_port_of_a_makefile_is_that_of_its_commands(tmp_path: Path) -> None:
    proposal = proposed(tmp_path, {"Makefile": "run: build\n\t@flask run --port 5001\n"})
    assert ready(proposal)["dev"].endswith("http://localhost:5001")


def test_a_target_is_preferred_to_a_default_but_not_to_a_script(tmp_path: Path) -> None:
    make = "build:\n\tcc\ntest:\n\t./a\n"
    files: dict[str, str | bytes] = {"Makefile": make, "go.mod": "module a\n"}
    proposal = proposed(tmp_path, files)
    assert scripts(proposal)["build"] == "make build"
    assert "go.mod: left out: `go build ./...`, because `make build` of Makefile" in notes(proposal)
    files["package.json"] = '{"scripts": {"build": "tsc"}}'
    proposal = proposed(tmp_path, files)
    assert scripts(proposal)["build-npm"] == "npm run build"
    assert "Makefile: left out: `make build`, because `npm run build`" in notes(proposal)


@pytest.mark.parametrize(
    ("files", "commands", "ports"),
    [
        ({"Procfile": "web: rails server -p 3100\n"}, {"web": "rails server -p 3100"}, ["3100"]),
        (
            {"Procfile": "web: puma -p ${PORT}\n"},
            {"web": "export PORT=5000\npuma -p ${PORT}\n"},
            ["5000"],
        ),
        (
            {"Procfile": "web: puma -p ${PORT:-3200}\r\n"},
            {"web": "puma -p ${PORT:-3200}"},
            ["3200"],
        ),
        ({"Procfile": "web: node a.js"}, {"web": "export PORT=5000\nnode a.js\n"}, ["5000"]),
        (
            {"Procfile": "# a: b\nurgent_worker:  sidekiq  \n\nrelease: rake db:migrate\n"},
            {"release": "rake db:migrate", "urgent_worker": "sidekiq"},
            [""],
        ),
        (
            {"Procfile": "web: a\n", "Procfile.dev": "web: b -p 3300\n"},
            {"web": "b -p 3300"},
            ["3300"],
        ),
    ],
)
def test_a_procfile(
    tmp_path: Path, files: dict[str, str | bytes], commands: dict[str, str], ports: list[str]
) -> None:
    proposal = proposed(tmp_path, files)
    assert scripts(proposal) == commands
    assert [each.rpartition(":")[2] for each in ready(proposal).values()] == ports


def test_a_process_that_is_proposed_already_is_left_out(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "Procfile": "web: npm start\nclock: node clock.js\n",
        "package.json": '{"scripts": {"start": "next start"}}',
    }
    proposal = proposed(tmp_path, files)
    assert scripts(proposal) == {"dev": "npm start", "clock": "node clock.js"}
    assert "Procfile: left out: `web`, because `npm start` of package.json" in notes(proposal)


def test_a_command_that_is_too_long_is_left_out(tmp_path: Path) -> None:
    proposal = proposed(tmp_path, {"Procfile": f"web: a{'b' * 5_000}\nclock: c\n"})
    assert scripts(proposal) == {"clock": "c"}
    assert "Procfile: left out: `web`: its command is too long" in notes(proposal)


def test_what_our_check_warns_of_is_left_out(tmp_path: Path) -> None:
    proposal = proposed(tmp_path, {"Procfile": "web: npm start &\ncron: cron -f\n"})
    assert scripts(proposal) == {"cron": "cron -f"}
    assert "left out: `export PORT=5000…`: the start command of `web` ends in the" in notes(
        proposal
    )
