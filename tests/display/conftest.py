"""The five real projects evaluated once, and what a page shows as a list of outputs."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

import pytest
import wenxiao.display.page
from bs4 import BeautifulSoup
from wenxiao.display import Output
from wenxiao.evaluation import Evaluation, evaluate
from wenxiao.model import CellRef, Given, Quantity
from wenxiao.model.units import POINTS
from wenxiao.project import load_profile, load_project

DATA = Path(__file__).resolve().parents[2] / "data"


@lru_cache
def real(name: str) -> Evaluation:
    """The evaluation of one of the five projects under the national rules."""
    return evaluate(load_project(DATA / name), load_profile())


def points(name: str, value: str, row: int, column: int, sheet: str = "得分") -> Given:
    """A score in a cell."""
    return Given(name, Quantity(Decimal(value), POINTS, 2), CellRef("得分.xlsx", sheet, row, column), value)


@pytest.fixture
def mudan() -> Evaluation:
    """牡丹区 2023: funds by group, a scorecard with a wrong rate."""
    return real("mudan-2023")


@pytest.fixture
def linyi() -> Evaluation:
    """临沂市 2021: twelve counties, no spending, a reported rate."""
    return real("linyi-2021")


@pytest.fixture
def lingang() -> Evaluation:
    """临港 2023: four towns, one merged estimate, no scorecard."""
    return real("lingang-2023")


@pytest.fixture
def dengkou() -> Evaluation:
    """磴口县 2023: a self-evaluation without score."""
    return real("dengkou-2023")


@pytest.fixture
def ejinhoro() -> Evaluation:
    """伊金霍洛旗 2022: lists of works."""
    return real("ejinhoro-2022")


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> list[Output]:
    """What pages show from here on, in order."""
    outputs: list[Output] = []
    monkeypatch.setattr(wenxiao.display.page, "display", outputs.append)
    return outputs


@pytest.fixture
def soup() -> Callable[[list[Output]], BeautifulSoup]:
    """Parses outputs as one document."""
    return lambda outputs: BeautifulSoup("".join(str(output.html) for output in outputs), "html.parser")
