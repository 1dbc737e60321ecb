"""What the hygiene tests read: the tracked files, and what the project declares."""

import json
import subprocess
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml


@pytest.fixture(scope="session")
def tracked(git: Path, checkout: Path) -> list[Path]:
    """The files that git tracks and that are there."""
    listed = subprocess.run([git, "ls-files", "-z"], cwd=checkout, capture_output=True, check=True, text=True)
    return [path for name in listed.stdout.split("\0") if name and (path := checkout / name).is_file()]


@pytest.fixture(scope="session")
def notebooks(checkout: Path) -> dict[str, dict[str, Any]]:
    """The project's notebooks by file name, as JSON."""
    return {
        path.name: json.loads(path.read_text(encoding="utf-8"))
        for path in sorted((checkout / "notebooks").glob("*.ipynb"))
    }


@pytest.fixture(scope="session")
def pyproject(checkout: Path) -> dict[str, Any]:
    """The declarations of pyproject.toml."""
    return tomllib.loads((checkout / "pyproject.toml").read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def environment(checkout: Path) -> dict[str, Any]:
    """The declarations of environment.yml."""
    return yaml.safe_load((checkout / "environment.yml").read_text(encoding="utf-8"))
