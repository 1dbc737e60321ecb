"""One place under one name across the tables of a project: joined by form, decided by the analyst, or asked."""

from collections.abc import Sequence
from pathlib import Path

import pytest
import xlsxwriter
from wenxiao.model import ProjectError, Severity
from wenxiao.project import Project, load_project


def project(folder: Path, scores: Sequence[str], funds: Sequence[str], decided: str = "") -> Project:
    """A project with two tables by place, and what `places.yaml` says."""
    with xlsxwriter.Workbook(folder / "表.xlsx") as book:
        for title, header, names in (("得分", "得分", scores), ("资金", "支出数（万元）", funds)):
            sheet = book.add_worksheet(title)
            sheet.write_row(0, 0, ["县区", header])
            for row, name in enumerate(names, 1):
                sheet.write_row(row, 0, [name, 95 - row])
    if decided:
        (folder / "places.yaml").write_text(decided, encoding="utf-8")
    return load_project(folder)


def said(found: Project) -> list[tuple[Severity, str]]:
    """What is said of names: severity and subject."""
    return [(each.severity, each.subject) for each in found.findings if each.code.startswith("place-")]


@pytest.mark.parametrize(
    ("scores", "funds", "names"),
    [
        (["罗西区", "兰东区"], ["罗西", "兰东"], ("罗西区", "兰东区")),
        (["罗西", "兰东"], ["兰东区", "罗西区"], ("罗西区", "兰东区")),
        (["临江市罗西区", "临江市兰东县"], ["罗西", "兰东县"], ("临江市罗西区", "兰东县")),
        (["罗西区", "兰东区"], ["临江市罗西区", "临江兰东"], ("罗西区", "兰东区")),
        (["经济技术开发区", "丙县"], ["临江经开区", "丙县"], ("经济技术开发区", "丙县")),
        (["夏江街道", "西塘镇"], ["夏江街道办事处", "西塘"], ("夏江街道", "西塘镇")),
        (["甲县\u200b", "乙县"], ["甲县", "乙县"], ("甲县", "乙县")),
    ],
)
def test_what_the_form_decides_is_joined_and_said(
    tmp_path: Path, scores: list[str], funds: list[str], names: tuple[str, ...]
) -> None:
    """With and without ending, parent, or the long word of a zone, a name is one place; the joining is a 提示."""
    found = project(tmp_path, scores, funds)
    assert found.districts == names
    assert not found.places.open
    assert said(found) in ([], [(Severity.HINT, "地名")])


@pytest.mark.parametrize(
    ("scores", "funds", "pair"),
    [
        (["西塘镇", "丙丁镇", "南山镇"], ["西唐镇", "丙丁镇", "南山镇"], ("西塘镇", "西唐镇")),
        (["西塘镇", "丙丁镇"], ["塘西镇", "丙丁镇"], ("西塘镇", "塘西镇")),
        (["临港经济开发区", "丙县"], ["临港区", "丙县"], ("临港经济开发区", "临港区")),
        (["和江苗族自治县", "丙县"], ["和江县", "丙县"], ("和江苗族自治县", "和江县")),
        (["甲县", "甲市"], ["甲", "甲市"], ("甲县", "甲")),
        (["罗西区", "罗西", "丙县"], ["罗西区", "丙县"], ("罗西区", "罗西")),
    ],
)
def test_a_near_miss_is_asked(
    tmp_path: Path, scores: list[str], funds: list[str], pair: tuple[str, str]
) -> None:
    """Names that may be one place stay two, with a 警示 that names both, their cells and the lines that settle it."""
    found = project(tmp_path, scores, funds)
    assert found.places.open == (pair,)
    assert set(pair) <= set(found.districts)
    (finding,) = [each for each in found.findings if each.code == "place-in-doubt"]
    assert finding.severity is Severity.WARNING
    assert len(finding.cells) == 2
    assert all(name in finding.message for name in pair)
    assert "places.yaml" in finding.remedy


@pytest.mark.parametrize(
    ("scores", "funds"),
    [
        (["甲县", "甲市", "东甲区"], ["甲县", "甲市", "西甲区"]),
        (["西塘镇", "西唐镇"], ["西塘镇", "西唐镇"]),
        (["山西", "河北", "山东"], ["陕西", "甘肃", "青海"]),
        (["第一中学", "第二中学"], ["第三中学", "第二中学"]),
    ],
)
def test_neighbours_with_like_names_are_left_alone(
    tmp_path: Path, scores: list[str], funds: list[str]
) -> None:
    """Names told apart by their ending, by 东 and 西, by a table that has both, or by lists of other places are two places."""
    found = project(tmp_path, scores, funds)
    assert set(found.districts) == {*scores, *funds}
    assert not said(found)


def test_what_is_decided_is_kept(tmp_path: Path) -> None:
    """`same` makes one place of two names and `apart` two of what the form would join; neither is asked again."""
    one, two = tmp_path / "一", tmp_path / "二"
    one.mkdir()
    two.mkdir()
    decided = project(one, ["西塘镇", "丙镇"], ["西唐镇", "丙镇"], "same: {西塘镇: [西唐镇]}")
    assert decided.districts == ("西塘镇", "丙镇")
    apart = project(two, ["罗西区", "丙镇"], ["罗西", "丙镇"], "apart: [[罗西区, 罗西]]")
    assert apart.districts == ("罗西区", "丙镇", "罗西")
    assert said(decided) == said(apart) == []


def test_malformed_decisions_are_refused(tmp_path: Path) -> None:
    """A key or a form that is none is refused by name, all of them together."""
    with pytest.raises(ProjectError) as caught:
        project(tmp_path, ["甲县", "乙县"], ["甲县", "乙县"], "apart: 5\n其他: 1")
    assert [each.file for each in caught.value.problems] == [f"{tmp_path.name}/places.yaml"] * 2
