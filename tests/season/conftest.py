"""A season of synthetic forms in a folder of its own, and a cache that no other test fills."""

from __future__ import annotations

import copy
import random
from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter

from tests.evaluation.filled_forms import PLANTS, Form, lay_out, make, write


def form(seed: int, unit: str, project: str) -> Form:
    """Returns a form of the official layout that agrees in everything."""
    made = next(f for n in range(seed * 100, seed * 100 + 100) if (f := make(random.Random(n), plain_layout=True)).layout["style"] == "official")  # fmt: skip
    made.unit, made.project = unit, project
    return made


def planted(base: Form, kind: str) -> Form:
    """Returns the form with an error of a kind."""
    made = copy.deepcopy(base)
    assert PLANTS[kind](made, random.Random(1))
    return made


def put(form_: Form, path: Path) -> Path:
    """Writes the form; returns where it lies."""
    path.parent.mkdir(parents=True, exist_ok=True)
    write(path, [lay_out(form_)])
    return path


def listed(path: Path, *lines: tuple[str, str, float]) -> Path:
    """Writes a list of projects: unit, project, budget; returns where it lies."""
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("清单")
        sheet.write_row(0, 0, ["序号", "主管部门", "项目名称", "预算数（万元）"])
        for row, line in enumerate(lines, 1):
            sheet.write_row(row, 0, [row, *line])
    return path


@pytest.fixture(autouse=True)
def own_cache(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is kept of files is kept for one test."""
    monkeypatch.setenv("WENXIAO_CACHE", str(tmp_path_factory.mktemp("cache")))


@pytest.fixture
def season_folder(tmp_path: Path) -> Callable[[], Path]:
    """Writes a folder of four forms of two units, one with an error, and a list with a project that has no form."""

    def made() -> Path:
        folder = tmp_path / "2023自评"
        bridge = planted(form(2, "市交通局", "桥梁维修"), "3 得分大于分值")
        put(form(1, "市交通局", "公路养护"), folder / "市交通局" / "公路.xlsx")
        put(bridge, folder / "市交通局" / "桥梁.xls")
        put(form(3, "市水利局", "水库维护"), folder / "水库.docx")
        put(form(4, "市水利局", "饮水安全"), folder / "饮水.xlsx")
        budget = float(str(bridge.whole[1]))
        listed(folder / "项目清单.xlsx", ("市交通局", "桥梁维修", budget), ("市水利局", "山洪灾害防治", 30))
        return folder

    return made
