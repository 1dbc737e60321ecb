"""未读清单: what counties returned and a merge did not read, as `wenxiao collect merge` listed it beside the merged tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from wenxiao.model import Problem, ProjectError
from wenxiao.reports.hand_over.sources import COLLECT, SOURCES
from wenxiao.sheets.cells.texture import Cell
from wenxiao.sheets.containers.opening import opened

NOT_READ = f"{SOURCES}{COLLECT}未读清单.xlsx"
"""The list among the files of a project (`sources.project_files`)."""
_SHEET = "未读清单"
_HEADS = ("县区", "文件", "版本", "工作表", "单元格", "内容", "类别", "没有读入的原因", "怎么办")
_WORDS = ("文字", "表头")


@dataclass(frozen=True, slots=True)
class NotRead:
    """Something that came back and is in no merged value: a file, a sheet, a table or a cell; '' for what it is not."""

    county: str
    file: str
    version: str
    sheet: str
    cell: str
    text: str
    category: str
    reason: str
    remedy: str


def not_read_of(content: bytes, district: str = "") -> tuple[NotRead, ...]:
    """The lines of a list, what may hold figures before mere words; for one district its own and those that may be anybody's.

    Raises ProjectError for a list that is not as it was written, SheetError for a file that is no workbook.
    """
    grid = next((each for each in opened(content, f"{_SHEET}.xlsx").grids if each.name == _SHEET), None)
    head = next((at for at, row in enumerate(grid.rows) if _texts(row) == _HEADS), None) if grid else None
    if grid is None or head is None:
        raise ProjectError(
            Problem(
                "未读清单不是汇总时写成的样子",
                file=f"{COLLECT}{_SHEET}.xlsx",
                rule=f"工作表“{_SHEET}”的表头为 {'、'.join(_HEADS)}",
                remedy="再运行一次 wenxiao collect merge；批注和处理意见写在内部质控单里",
            )
        )
    lines = (NotRead(*_texts(row)) for row in grid.rows[head + 1 :] if any(_texts(row)))
    own = [line for line in lines if not district or line.county in (district, "")]
    return tuple(sorted(own, key=lambda line: line.category in _WORDS))


def _texts(row: Sequence[Cell]) -> tuple[str, ...]:
    """The cells under the heads; a row may end before them."""
    return tuple(str(cell) for cell in (*row, *[""] * len(_HEADS))[: len(_HEADS)])
