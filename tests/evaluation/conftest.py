"""The five real projects, evaluated once."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

import pytest
from wenxiao.evaluation import Evaluation, evaluate
from wenxiao.project import load_profile, load_project

FIVE = ("mudan-2023", "linyi-2021", "dengkou-2023", "lingang-2023", "ejinhoro-2022")
DATA = Path(__file__).resolve().parents[2] / "data"


@lru_cache
def evaluation(name: str) -> Evaluation:
    """The evaluation of one of the five projects under the national rules."""
    return evaluate(load_project(DATA / name), load_profile())


@pytest.fixture
def evaluated() -> Callable[[str], Evaluation]:
    """Gives the evaluation of a project by its short name."""
    return evaluation
