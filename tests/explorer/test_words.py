"""Remarks and corrections land readably where reports find them, and nothing an analyst wrote is lost."""

import pytest
from wenxiao.explorer import Session
from wenxiao.explorer.parameter_set import Draft
from wenxiao.explorer.words import add_correction, save_narrative
from wenxiao.model import CellRef, ProjectError
from wenxiao.project import Workspace, load_project
from wenxiao.project.narrative import load_narrative


def test_remarks_are_kept_by_section(workspace: Workspace) -> None:
    """Saved words replace those of their section; other sections and the note at the top stay."""
    folder = workspace.resolve("data/合成")
    (folder / "narrative.md").write_text(
        "给自己的话\n\n## 主要经验\n\n旧\n\n## 有关建议\n\n- 留着\n", encoding="utf-8"
    )
    assert (
        save_narrative(folder, {"主要经验": Draft("旧", "- 新"), "存在的问题": Draft("", "1. 甲\n2. 乙")})
        == {}
    )
    text = (folder / "narrative.md").read_text(encoding="utf-8")
    assert text == (
        "给自己的话\n\n## 主要经验\n\n- 新\n\n## 存在的问题\n\n1. 甲\n2. 乙\n\n## 有关建议\n\n- 留着\n"
    )
    narrative = load_narrative(folder)
    assert narrative.section("有关建议") == "- 留着"
    assert narrative.section("存在的问题") == "1. 甲\n2. 乙"


def test_a_correction_is_appended_and_guards_its_cell(session: Session, workspace: Workspace) -> None:
    """The wrong total is corrected: the entry says what is printed, comments stay, and the project reads it."""
    folder = workspace.resolve("data/合成")
    (folder / "corrections.yaml").write_text("# 我的注释\n[]\n", encoding="utf-8")
    assert session.evaluation is not None
    cell = CellRef.at("资金.csv", "资金", "D4")
    add_correction(folder, session.evaluation.project, cell, "95", "45＋50＝95", sure=True)
    text = (folder / "corrections.yaml").read_text(encoding="utf-8")
    assert text.startswith("# 我的注释\n")
    assert session.reread()
    entry = session.evaluation.project.corrections[0]
    assert (entry.printed, entry.corrected, entry.field, entry.status) == ("98", "95", "支出数", "已确认")
    assert load_project(folder).corrections == session.evaluation.project.corrections


def test_a_correction_that_cannot_stand_writes_nothing(session: Session, workspace: Workspace) -> None:
    """A cell outside every table and a missing reason are told together; no file appears."""
    folder = workspace.resolve("data/合成")
    assert session.evaluation is not None
    with pytest.raises(ProjectError) as caught:
        add_correction(
            folder, session.evaluation.project, CellRef.at("无.csv", "无", "A1"), "1", "", sure=False
        )
    assert len(caught.value.problems) == 2
    assert not (folder / "corrections.yaml").exists()


def test_a_template_keeps_its_prompts_and_line_ends(workspace: Workspace) -> None:
    """Only the section written differs: comments, other headings and Windows line ends stay to the byte."""
    folder = workspace.resolve("data/合成")
    before = "提示\r\n\r\n## 问题\r\n\r\n<!-- ## 有关建议 写在这里 -->\r\n\r\n## 原因\r\n"
    (folder / "narrative.md").write_bytes(before.encode())
    save_narrative(folder, {"存在的问题": Draft("", "甲")})
    after = (folder / "narrative.md").read_bytes().decode()
    assert after == before.replace("写在这里 -->\r\n", "写在这里 -->\r\n\r\n甲\r\n")


def test_a_correction_made_by_somebody_else_meanwhile_is_told(session: Session, workspace: Workspace) -> None:
    """The file as it is now is what counts, not what the session read; a file that is no list is not written to."""
    folder = workspace.resolve("data/合成")
    assert session.evaluation is not None
    project, cell = session.evaluation.project, CellRef.at("资金.csv", "资金", "D4")
    add_correction(folder, project, cell, "95", "各行之和", sure=True)
    with pytest.raises(ProjectError, match="更正为 95，各行之和"):
        add_correction(folder, project, cell, "96", "别的", sure=True)
    (folder / "corrections.yaml").write_text("a: [", encoding="utf-8")
    with pytest.raises(ProjectError, match="不是合法的 YAML"):
        add_correction(folder, project, cell, "96", "别的", sure=True)
    assert (folder / "corrections.yaml").read_text(encoding="utf-8") == "a: ["
