"""A scorecard that goes on in another sheet of its file is whole, or its total is not given."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import pytest
from wenxiao.evaluation import Evaluation, evaluate
from wenxiao.model import Missing
from wenxiao.project import load_profile, load_project

from tests.sheets.filled_forms import ACROSS, DOWN, Filled, Part, filled, laid_out, write_workbook


def halves(folder: Path, layout: str, *, header: bool, title: str = "") -> tuple[Filled, Evaluation]:
    """A form whose last first-level indicator stands on a second sheet, with its header or without."""
    rng = random.Random(layout)
    form = filled(layout, rng)
    at = next(n for n, part in enumerate(form.parts) if any("三级指标" in row for row in part.rows))
    rows, top = form.parts[at].rows, form.parts[at].header
    level = next(row for row in rows if "一级指标" in row).index("一级指标")
    first = [n for n in range(top, len(rows)) if rows[n][level] not in (DOWN, ACROSS, None, "")]
    rest = [
        [None if cell == DOWN and n < level else cell for n, cell in enumerate(row)]
        for row in rows[first[-1] :]
    ]
    name = [[title, *[ACROSS] * (form.width - 1)]] if title else []
    second = Part([*name, *(rows[:top] if header else []), *rest])
    sheets = {
        "Sheet1": replace(form, parts=[*form.parts[:at], Part(rows[: first[-1]])]),
        "Sheet2": replace(form, parts=[second, *form.parts[at + 1 :]]),
    }
    write_workbook(
        folder / "自评表.xlsx", {name: laid_out(each, "merged", rng) for name, each in sheets.items()}
    )
    return form, evaluate(load_project(folder), load_profile(form.profile))


@pytest.mark.parametrize("layout", ["L1", "L5", "L12"])
@pytest.mark.parametrize("title", ["", "续表", "绩效指标（续）"])
def test_a_part_with_its_header_belongs_to_the_total(layout: str, title: str, tmp_path: Path) -> None:
    """Both parts make 100 分: the total is that of both, and nothing is said of the total that stands on the second sheet."""
    form, evaluation = halves(tmp_path, layout, header=True, title=title)
    assert evaluation.verdict.score.number == form.score
    assert not {f.code for f in evaluation.findings} & {
        "weights-total",
        "total-differs",
        "scorecard-in-parts",
    }


@pytest.mark.parametrize("layout", ["L1", "L2", "L5", "L12"])
def test_a_part_without_its_header_withholds_the_total(layout: str, tmp_path: Path) -> None:
    """The 分值 read are below 100 and the other sheet has figures nobody understood: 暂不计分, and the sheet is named."""
    _, evaluation = halves(tmp_path, layout, header=False)
    assert evaluation.verdict.score.value is Missing.UNSCORED
    assert evaluation.verdict.grade is None
    (found,) = (f for f in evaluation.findings if f.code == "scorecard-in-parts")
    assert {cell.sheet for cell in found.cells} == {"Sheet2"}


def test_weights_below_100_alone_withhold_nothing(tmp_path: Path) -> None:
    """A form of one sheet with 分值 of 90 shows what it adds up to, with the finding on the 分值."""
    form = filled("L1", random.Random(1))
    at = next(n for n, part in enumerate(form.parts) if any("三级指标" in row for row in part.rows))
    parts = [*form.parts]
    parts[at] = Part(parts[at].rows[:-1])
    sheet = laid_out(replace(form, parts=parts), "unmerged", random.Random(1))
    write_workbook(tmp_path / "自评表.xlsx", {"自评表": sheet})
    evaluation = evaluate(load_project(tmp_path), load_profile(form.profile))
    assert evaluation.verdict.score.number is not None
    assert "weights-total" in {f.code for f in evaluation.findings}
