"""What a user installs, and what a packager gets."""

import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

from tests.checkout import ROOT, state


def build(target: str, folder: Path, source: Path = ROOT) -> Path:
    """Build a `wheel` or an `sdist` of a source, by default of this checkout."""
    command = [sys.executable, "-m", "hatchling", "build", "-t", target, "-d", str(folder)]
    subprocess.run(command, cwd=source, check=True, capture_output=True)
    (built,) = folder.iterdir()
    return built


def test_the_sdist_has_all_files_of_the_checkout(tmp_path: Path) -> None:
    """Its tests need the docs, the editors' settings, the action and so on."""
    with tarfile.open(build("sdist", tmp_path)) as sdist:
        names = {name.partition("/")[2] for name in sdist.getnames()}
    assert names == state(ROOT).keys() | {"PKG-INFO"}


def test_the_wheel_holds_the_schemas_and_works_alone(tmp_path: Path) -> None:
    wheel = build("wheel", tmp_path / "built")
    names = zipfile.ZipFile(wheel).namelist()
    top = {name.split("/")[0] for name in names}
    assert top == {"validator", wheel.name.split("-py3")[0] + ".dist-info"}
    for schema in (ROOT / "schema").iterdir():
        assert f"validator/schema/{schema.name}" in names
    assert "validator/py.typed" in names
    assert "validator/docs/rules/wrong-type.md" in names
    for name in ("page/page.css", "page/page.html", "page/page.js", "page/view.js", "picture.css"):
        assert f"validator/drawing/{name}" in names

    installed = tmp_path / "installed"
    zipfile.ZipFile(wheel).extractall(installed)
    program = (
        f"import sys; sys.path.insert(0, {str(installed)!r})\n"
        "import validator\n"
        "from validator.describe import page_of_rule\n"
        "print(validator.__file__, page_of_rule('wrong-type'))\n"
        "print(*[each.rule for each in validator.check_text('tasks: []').findings])\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    package = installed / "validator"
    assert done.stdout.split() == [
        str(package / "__init__.py"),
        str(package / "docs/rules/wrong-type.md"),
        "wrong-type",
    ]
