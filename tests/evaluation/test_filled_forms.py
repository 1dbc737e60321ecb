"""Forms as units fill them: what is right stays silent, and what reviewers would ask about is asked about."""

import copy
import random
from pathlib import Path

import pytest
import wenxiao as wx
from wenxiao.model import Severity

from tests.evaluation.filled_forms import PLANTS, Form, address, lay_out, make, write


def evaluated(folder: Path, form: Form, suffix: str = ".xlsx") -> wx.Evaluation:
    """Returns the evaluation of one form by the rules of its kind."""
    folder.mkdir()
    write(folder / f"自评表{suffix}", [lay_out(form)])
    profile = "hubei" if form.layout["style"] == "hubei" else "self-evaluation"
    return wx.evaluate(wx.load_project(folder), wx.load_profile(profile))


@pytest.mark.parametrize(("seed", "suffix"), [(2, ".xlsx"), (5, ".xls"), (9, ".docx"), (12, ".xlsx")])
def test_a_form_that_agrees_is_read_right_and_raises_nothing(tmp_path: Path, seed: int, suffix: str) -> None:
    """The score is the printed one, and no 错误 or 警示 is raised, in any layout and file."""
    form = make(random.Random(seed))
    evaluation = evaluated(tmp_path / "a", form, suffix)
    assert evaluation.verdict.score.number == form.total
    assert not [f.message for f in evaluation.findings if f.severity < Severity.HINT]


@pytest.mark.parametrize(
    "kind",
    [
        "14 单位不同",
        "23 照抄目标",
        "25 元作万元",
        "31 以词对词",
        "32 得分空",
        "36 文字与表不符",
        "等级与得分",
    ],
)
def test_an_error_that_is_planted_is_found(tmp_path: Path, kind: str) -> None:
    """A finding that the clean form has not names a cell of what was changed."""
    rng = random.Random(kind)
    base = make(rng)
    form = copy.deepcopy(base)
    while not (marks := PLANTS[kind](form, rng)):
        base = make(rng)
        form = copy.deepcopy(base)
    evaluation = evaluated(tmp_path / "b", form)
    cells = {address(form.at[mark]) for mark in marks if mark in form.at}
    before = {(f.code, f.message) for f in evaluated(tmp_path / "a", base).findings}
    new = [f for f in evaluation.findings if (f.code, f.message) not in before]
    assert any(cell.address in cells for finding in new for cell in finding.cells)
