"""What a user installs: a wheel with the schemas and the rules' reference inside the package."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.mark.slow
def test_the_wheel_holds_the_schemas_and_works_alone(tmp_path: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "-w", tmp_path, ROOT],
        check=True,
        capture_output=True,
    )
    (wheel,) = tmp_path.glob("*.whl")
    names = zipfile.ZipFile(wheel).namelist()
    top = {name.split("/")[0] for name in names}
    assert top == {"validator", wheel.name.split("-py3")[0] + ".dist-info"}
    for schema in (ROOT / "schema").iterdir():
        assert f"validator/schema/{schema.name}" in names
    assert "validator/py.typed" in names
    assert "validator/docs/rules.md" in names
    for name in ("page.css", "page.html", "page.js", "picture.css"):
        assert f"validator/drawing/{name}" in names

    installed = tmp_path / "installed"
    zipfile.ZipFile(wheel).extractall(installed)
    program = (
        f"import sys; sys.path.insert(0, {str(installed)!r})\n"
        "import validator\n"
        "from validator import reference\n"
        "print(validator.__file__, reference.path())\n"
        "print(*[each.rule for each in validator.check_text('tasks: []').findings])\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    package = installed / "validator"
    assert done.stdout.split() == [
        str(package / "__init__.py"),
        str(package / "docs/rules.md"),
        "wrong-type",
    ]
