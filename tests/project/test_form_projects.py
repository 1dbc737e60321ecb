"""Several forms handed in together: each a project, however they come."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from wenxiao.evaluation import evaluate
from wenxiao.model import Missing, ProjectError
from wenxiao.project import load_profile, load_project
from wenxiao.project.form_projects import same_project
from wenxiao.project.project import load_projects

from tests.sheets.filled_forms import Sheet, rows_of, write_document
from tests.sheets.written import xlsx

RULES = load_profile("self-evaluation")


def form(project: str) -> list[list[object]]:
    """The rows of a filled 自评表 of a project."""
    return rows_of("L1", project)


def names(folder: Path) -> list[str]:
    """The projects in a folder."""
    return [project.name for project in load_projects(folder)]


def test_a_sheet_each_a_file_each_and_stacked(tmp_path: Path) -> None:
    """Sheets of a workbook, files of a folder, and forms one below the other are projects by their heads."""
    for way in ("sheets", "files", "stacked", "zip", "word"):
        (tmp_path / way).mkdir()
    xlsx(tmp_path / "sheets/a.xlsx", {"附件1": form("道路养护"), "附件2": form("航道疏浚")})
    xlsx(tmp_path / "files/a.xlsx", form("道路养护"))
    xlsx(tmp_path / "files/b.xlsx", form("航道疏浚"))
    xlsx(tmp_path / "stacked/a.xlsx", [*form("道路养护"), [], *form("航道疏浚")])
    with zipfile.ZipFile(tmp_path / "zip/报送.zip", "w") as archive:
        for name in "ab":
            archive.write(tmp_path / f"files/{name}.xlsx", f"{name}.xlsx")
    xlsx(tmp_path / "word/a.xlsx", form("道路养护"))
    write_document(tmp_path / "word/b.docx", Sheet(form("航道疏浚")))
    for way in ("sheets", "files", "stacked", "zip", "word"):
        assert names(tmp_path / way) == ["道路养护", "航道疏浚"], way


def test_the_whole_has_no_score_and_names_its_projects(tmp_path: Path) -> None:
    """No sum and no last one's rate stands for all; each is loaded by its name below the folder."""
    xlsx(tmp_path / "a.xlsx", {"附件1": form("道路养护"), "附件2": form("航道疏浚")})
    whole = evaluate(load_project(tmp_path), RULES)
    assert whole.verdict.score.number is None
    assert whole.execution.number is None
    said = next(finding for finding in whole.findings if finding.code == "several-projects")
    assert "道路养护" in said.message
    assert [cell.sheet for cell in said.cells] == ["附件1", "附件2"]
    one = load_project(tmp_path / "航道疏浚")
    assert {table.origin.sheet for table in one.tables} == {"附件2"}
    assert evaluate(one, RULES).verdict.score.number is not None
    with pytest.raises(ProjectError, match="道路养护"):
        load_project(tmp_path / "没有的项目")


def test_departments_and_reviews_are_known_by_their_heads_and_titles(tmp_path: Path) -> None:
    """A form of a whole department is the department's; a review names its project in its title."""
    for layout in ("L3", "L10"):
        (tmp_path / layout).mkdir()
        sheets = {f"Sheet{n}": rows_of(layout, name) for n, name in enumerate(("甲局", "乙局"), start=1)}
        xlsx(tmp_path / layout / "a.xlsx", sheets)
    assert names(tmp_path / "L3") == ["甲局", "乙局"]
    assert names(tmp_path / "L10") == ["001-甲局", "001-乙局"]


def test_the_same_project_twice_is_two_versions(tmp_path: Path) -> None:
    """Two forms of one name are told apart by number and file."""
    xlsx(tmp_path / "a.xlsx", form("道路养护"))
    xlsx(tmp_path / "b.xlsx", form("道路养护"))
    assert names(tmp_path) == ["道路养护（第1份，a.xlsx）", "道路养护（第2份，b.xlsx）"]


def test_one_form_stays_one_project(tmp_path: Path) -> None:
    """A form alone is the folder's project, by the folder's name."""
    xlsx(tmp_path / "a.xlsx", form("道路养护"))
    assert names(tmp_path) == [tmp_path.name]


def test_a_block_nobody_understands_withholds_the_total(tmp_path: Path) -> None:
    """Figures in a block that no form has may belong to the total, which is 暂不计分."""
    rows = form("道路养护")
    odd = [["加分情况", "甲项", "乙项", "丙项", "丁项", "戊项", "己项", "庚项"], [None, 3, 4, 5, 6, 7, 8, 9]]
    xlsx(tmp_path / "a.xlsx", [*rows[:-1], *odd, rows[-1]])
    evaluation = evaluate(load_project(tmp_path), RULES)
    assert evaluation.verdict.score.value is Missing.UNSCORED
    assert any("加分情况" in finding.message for finding in evaluation.findings)


def test_files_that_are_no_forms_say_what_to_do(tmp_path: Path) -> None:
    """A .wps, .ofd, a picture and a PDF are named with what to do."""
    xlsx(tmp_path / "a.xlsx", form("道路养护"))
    for name in ("b.wps", "c.ofd", "d.jpg", "e.pdf"):
        (tmp_path / name).write_bytes(b"x")
    found = [f for f in load_project(tmp_path).findings if f.code == "file-not-read"]
    assert [f.subject for f in found] == ["b.wps", "c.ofd", "d.jpg", "e.pdf"]
    assert len({f.remedy for f in found}) == 4
    (tmp_path / "a.xlsx").unlink()
    with pytest.raises(ProjectError) as refused:
        load_project(tmp_path)
    assert len(refused.value.problems) == 5


def test_a_list_of_another_width_is_none_of_the_form_above(tmp_path: Path) -> None:
    """A list that follows a form in a Word document is not taken for a part of it; a headless part is."""
    sheet = Sheet([*form("道路养护"), ["序号", "培训班", "人数"], [1, "春季班", 30]])
    write_document(tmp_path / "a.docx", sheet, (len(sheet.rows) - 2,))
    assert evaluate(load_project(tmp_path), RULES).verdict.score.number is not None


def test_forms_side_by_side_are_several(tmp_path: Path) -> None:
    """Each has its own columns: neither takes the figures or the findings of the other."""
    left, right = form("道路养护"), form("航道疏浚")
    rows = [[*(a + [None] * (10 - len(a))), *b] for a, b in zip(left, right, strict=True)]
    xlsx(tmp_path / "a.xlsx", rows)
    whole = load_project(tmp_path)
    assert [each.name for each in whole.projects] == ["道路养护", "航道疏浚"]
    for name, single in (("道路养护", left), ("航道疏浚", right)):
        folder = tmp_path / f"{name}一份"
        folder.mkdir()
        xlsx(folder / "a.xlsx", single)
        part = next(each for each in whole.projects if each.name == name)
        alone = evaluate(load_project(folder), RULES)
        assert evaluate(part, RULES).verdict.score.number == alone.verdict.score.number
        assert evaluate(part, RULES).execution.number == alone.execution.number


def test_a_title_that_stands_again_on_the_next_page_begins_no_form(tmp_path: Path) -> None:
    """The same title and the header of the open block once more: the form goes on."""
    rows = form("道路养护")
    at = next(n for n, row in enumerate(rows) if row and row[0] == "绩效指标")
    xlsx(tmp_path / "a.xlsx", [*rows[: at + 4], rows[0], rows[at], *rows[at + 4 :]])
    project = load_project(tmp_path)
    assert project.projects == ()
    xlsx(tmp_path / "a.xlsx", rows)
    whole = evaluate(load_project(tmp_path), RULES).verdict.score.number
    assert evaluate(project, RULES).verdict.score.number == whole


def test_a_review_is_of_the_project_that_it_reviews(tmp_path: Path) -> None:
    """A 复核表, its project's code before the name, is no other project and no other version; two of them are."""
    xlsx(tmp_path / "a.xlsx", {"附件1": form("道路养护"), "附件2": form("航道疏浚")})
    xlsx(tmp_path / "0复核.xlsx", {"1": rows_of("L10", "道路养护")})
    assert names(tmp_path) == ["道路养护", "航道疏浚"]
    xlsx(tmp_path / "b.xlsx", {"1": rows_of("L10", "道路养护")})
    assert len(names(tmp_path)) == 3


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("001-道路养护", "道路养护", True),
        ("道路养护", "B02—道路养护", True),
        ("城区-道路养护", "道路养护", False),
        ("001-道路养护", "002-道路养护", False),
        ("5G", "-5G", True),
        ("", "001-", False),
    ],
)
def test_a_code_before_a_name_is_no_part_of_it(one: str, other: str, same: bool) -> None:
    """Only letters and digits before a dash are a code; two codes are two projects."""
    assert same_project(one, other) == same_project(other, one) == same
