"""The wheel carries what the package needs where it is installed without its checkout."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest


@pytest.fixture(scope="module")
def wheel(checkout: Path, tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """The names of the files in a freshly built wheel."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder]
    subprocess.run(build, cwd=checkout, check=True, capture_output=True)
    (built,) = folder.glob("*.whl")
    return zipfile.ZipFile(built).namelist()


def test_wheel_holds_the_package(wheel: list[str], tracked: list[Path], checkout: Path) -> None:
    """Every tracked file of the package is in the wheel: modules, data and templates."""
    package = checkout / "lib"
    expected = {path.relative_to(package).as_posix() for path in tracked if package in path.parents}
    assert expected <= set(wheel)
    assert "wenxiao/py.typed" in wheel


def test_wheel_installs_the_report_template(wheel: list[str]) -> None:
    """The report template goes where nbconvert looks for templates by name."""
    data = "data/share/jupyter/nbconvert/templates/wenxiao/"
    installed = {name.partition(data)[2] for name in wheel if data in name}
    assert {"conf.json", "index.html.j2"} <= installed


def test_wheel_brings_the_notebooks_of_a_workspace(wheel: list[str], checkout: Path) -> None:
    """`wenxiao init` finds every notebook in the package, and nothing else there."""
    packed = {name for name in wheel if name.startswith("wenxiao/collect/notebooks/")}
    assert packed == {
        f"wenxiao/collect/notebooks/{path.name}" for path in (checkout / "notebooks").glob("*.ipynb")
    }
