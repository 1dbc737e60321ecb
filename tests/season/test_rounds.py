"""The second round: what was settled told from what is open and what is new."""

from __future__ import annotations

from pathlib import Path

from wenxiao.season import rounds_of, season_of
from wenxiao.season.rounds import NEW, OPEN, SETTLED

from tests.season.conftest import form, planted, put


def test_settled_open_and_new_are_told_apart(tmp_path: Path) -> None:
    """One form mended, one as it was, one with another error than before, one that did not come back."""
    first, second = tmp_path / "一", tmp_path / "二"
    clean = {
        name: form(number, "甲局", name) for number, name in enumerate(("改好", "没改", "又错", "没交"), 1)
    }
    for name, base in clean.items():
        put(planted(base, "3 得分大于分值"), first / f"{name}.xlsx")
    put(clean["改好"], second / "改好.xlsx")
    put(planted(clean["没改"], "3 得分大于分值"), second / "没改（修改）.xlsx")
    put(planted(clean["又错"], "5 总分"), second / "又错.xls")
    rounds = rounds_of(season_of(second), season_of(first))
    states = {
        each.form.title: {state: each.count(state) for state in (SETTLED, OPEN, NEW)} for each in rounds.each
    }
    assert states["改好"][SETTLED] >= 1
    assert states["改好"][OPEN] == states["改好"][NEW] == 0
    assert states["没改"][OPEN] >= 1
    assert states["没改"][SETTLED] == states["没改"][NEW] == 0
    assert states["又错"][SETTLED] >= 1
    assert states["又错"][NEW] >= 1
    assert [each.title for each in rounds.not_returned] == ["没交"]
    assert rounds.returned == 3
