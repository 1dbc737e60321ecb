"""Print each declared dependency with the date of its newest release that the declaration allows.

For the table of docs/dependencies.md. The dates are those that the package index gives to `uv lock`, which is run on
a copy so that it leaves nothing behind.
"""

import re
import shutil
import subprocess
import tempfile
import tomllib
from pathlib import Path
from typing import Any

from uv import find_uv_bin

ROOT = Path(__file__).resolve().parents[1]


def resolved() -> list[dict[str, Any]]:
    """The packages of a fresh resolution of pyproject.toml, as uv.lock states them."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder)
        for name in ("pyproject.toml", "LICENSE", "README.md"):
            shutil.copy(ROOT / name, copy)
        (copy / "lib").mkdir()
        shutil.copytree(ROOT / "lib", copy / "lib", dirs_exist_ok=True)
        subprocess.run([find_uv_bin(), "lock", "--quiet"], cwd=copy, check=True)
        packages: list[dict[str, Any]] = tomllib.loads((copy / "uv.lock").read_text("utf-8"))["package"]
        return packages


def declared() -> set[str]:
    """The names of the dependencies of pyproject.toml, in lower case."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    groups = project["dependency-groups"].values()
    lines = [*project["project"]["dependencies"], *(e for g in groups for e in g if isinstance(e, str))]
    return {re.split(r"[\[<>=]", line)[0].lower() for line in lines}


def main() -> None:
    """Print the table."""
    dates: dict[str, tuple[str, str]] = {}
    for package in resolved():
        files = package.get("wheels", []) + [package[key] for key in ("sdist",) if key in package]
        newest = max((file.get("upload-time", "")[:10] for file in files), default="")
        if package["name"] in declared():
            dates[package["name"]] = max(dates.get(package["name"], ("", "")), (newest, package["version"]))
    for name, (date, version) in sorted(dates.items()):
        print(f"{name:24}{version:20}{date}")


if __name__ == "__main__":
    main()
