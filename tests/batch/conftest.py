"""Workspaces of fixture notebooks, one notebook a kind of failure."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from wenxiao.batch import Run


@pytest.fixture(scope="session")
def run_in(checkout: Path) -> Callable[..., Run]:
    """Makes a run of a fixture notebook in the workspace at a root: `run_in(root, notebook, name)`."""

    def made(root: Path, notebook: str, name: str = "one") -> Run:
        (root / "notebooks").mkdir(exist_ok=True)
        shutil.copy(checkout / "tests" / "fixtures" / "notebooks" / f"{notebook}.ipynb", root / "notebooks")
        return Run(notebook, name, {"place": "朝阳区", "year": 2024}, root, str(root / "outputs"))

    return made
