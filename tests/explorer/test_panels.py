"""The panels without a browser: what their controls do to the session, and what they show."""

import json
import shutil
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import ipywidgets as widgets
import pytest
from wenxiao.explorer import Explorer
from wenxiao.explorer.breakdown import short_of
from wenxiao.explorer.panels.allocation import AllocationPanel
from wenxiao.explorer.panels.findings import FindingsPanel
from wenxiao.explorer.panels.project import ProjectPanel
from wenxiao.explorer.panels.ranking import RankingPanel, SummaryPanel
from wenxiao.explorer.panels.report import ReportPanel
from wenxiao.explorer.panels.rules import RulesPanel
from wenxiao.explorer.panels.weights import WeightsPanel
from wenxiao.explorer.panels.words import WordsPanel
from wenxiao.project import Workspace

NOW = datetime(2026, 1, 1, tzinfo=UTC)
FOUR = "县区,甲（20分）,乙（20分）,丙（40分）,丁（20分）,得分\n东区,10,20,30,20,80\n西区,20,10,40,10,80\n"


def dropped(name: str, content: bytes) -> dict[str, object]:
    """A file as the upload gives it."""
    return {
        "name": name,
        "content": memoryview(content),
        "type": "",
        "size": len(content),
        "last_modified": NOW,
    }


def explorer(workspace: Workspace) -> Explorer:
    """The explorer on the synthetic project."""
    return Explorer("data/合成", workspace=workspace)


def panel(shown: Explorer, kind: type) -> object:
    """The panel of a kind, looked at."""
    at = next(at for at, each in enumerate(shown.tabs.children) if isinstance(each, kind))
    shown.tabs.selected_index = at
    return shown.tabs.children[at]


def test_every_panel_shows_the_project(workspace: Workspace) -> None:
    """Opened on a project, each panel has something to show without a click."""
    shown = explorer(workspace)
    assert (shown.tabs.titles[0], len(shown.tabs.titles)) == ("读取", len(shown.tabs.children))
    assert "63.33%" in panel(shown, SummaryPanel).pane.value  # type: ignore[attr-defined]
    assert "wx-picture" in panel(shown, ProjectPanel).picture.value  # type: ignore[attr-defined]
    assert "丙县" in panel(shown, RankingPanel).table.value  # type: ignore[attr-defined]
    assert "项，共" in panel(shown, FindingsPanel).count.value  # type: ignore[attr-defined]
    assert panel(shown, WeightsPanel).places.value  # type: ignore[attr-defined]


def test_a_slider_keeps_the_sum_and_marks_the_state(workspace: Workspace) -> None:
    """Moving one slider moves the others; the state says 测算, and the button takes it back."""
    shown = explorer(workspace)
    weights: WeightsPanel = panel(shown, WeightsPanel)  # type: ignore[assignment]
    weights.sliders.children[0].slider.value = 90
    assert [each.slider.value for each in weights.sliders.children] == [90, 10]
    assert "测算" in shown.state.value
    assert "测算" in weights.words.value
    weights.back.click()
    assert [each.slider.value for each in weights.sliders.children] == [60, 40]
    assert "测算" not in shown.state.value


def test_rules_change_by_their_controls(workspace: Workspace) -> None:
    """Ties, exclusions and cut-offs set by control are those of the session; a wrong cut-off is told and taken back."""
    shown = explorer(workspace)
    rules: RulesPanel = panel(shown, RulesPanel)  # type: ignore[assignment]
    rules.ties.value = "dense"
    rules.exclude.value = ("乙县",)
    evaluation = shown.session.evaluation
    assert evaluation is not None
    assert (evaluation.profile.ties, evaluation.profile.exclude) == ("dense", ("乙县",))
    rules.bands.children[0].value = 95
    assert shown.session.evaluation is not None
    assert shown.session.evaluation.profile.grades[0].lowest == 95
    rules.bands.children[1].value = 99
    assert "错误" in rules.message.value
    assert shown.session.evaluation.profile.grades[1].lowest == 80
    assert rules.bands.children[1].value == 80
    rules.back.click()
    assert shown.session.state.parameters.changes == {}


def test_what_was_changed_is_said_in_words(workspace: Workspace) -> None:
    """The line above the tabs and the source of a saved profile name what was changed as an analyst would."""
    shown = explorer(workspace)
    rules: RulesPanel = panel(shown, RulesPanel)  # type: ignore[assignment]
    rules.ties.value = "dense"
    rules.bands.children[0].value = 95
    assert "改动了同分的名次、等级分数线" in shown.state.value
    shown.session.state.parameters.save(workspace, "改")
    text = (workspace.profiles / "改.yaml").read_text(encoding="utf-8")
    assert "source: 由 national 改动：同分的名次、等级分数线" in text


def test_a_chosen_file_stays_chosen(workspace: Workspace) -> None:
    """A correction written, or the project read again, leaves the file and sheet that were chosen."""
    words: WordsPanel = panel(explorer(workspace), WordsPanel)  # type: ignore[assignment]
    assert words.file.value == "得分.csv"
    words.file.value = "资金.csv"
    assert words.sheet.value == "资金"
    words.session.reread()
    assert (words.file.value, words.sheet.value) == ("资金.csv", "资金")


def test_two_districts_are_compared_by_indicator(workspace: Workspace) -> None:
    """The gap of two chosen districts is shown by indicator; the same one twice asks for another."""
    ranking: RankingPanel = panel(explorer(workspace), RankingPanel)  # type: ignore[assignment]
    ranking.first.value, ranking.second.value = "甲县", "乙县"
    assert "甲县与乙县的差距" in ranking.pair.value
    ranking.second.value = "甲县"
    assert "两个不同" in ranking.pair.value


def test_a_large_grid_is_drawn_when_it_is_unfolded(workspace: Workspace) -> None:
    """The scores of everyone on everything stand open where they are few; many are drawn once they are asked for."""
    ranking: RankingPanel = panel(explorer(workspace), RankingPanel)  # type: ignore[assignment]
    assert "产出" in ranking.grid.value
    heads = ["县区", *(f"指标{n}（2.5分）" for n in range(40)), "得分"]
    rows = [[f"县{n}", *["2"] * 40, "80"] for n in range(30)]
    text = "\n".join(",".join(row) for row in [heads, *rows])
    (workspace.resolve("data/合成") / "得分.csv").write_text(text, encoding="utf-8")
    ranking.session.reread()
    assert (ranking.more.selected_index, ranking.grid.value) == (None, "")
    ranking.more.selected_index = 0
    assert "指标39" in ranking.grid.value


def test_what_a_district_lacks_is_one_sentence(workspace: Workspace) -> None:
    """To a grade and to a place, in points; what is reached says by how much."""
    evaluation = explorer(workspace).session.evaluation
    assert evaluation is not None
    assert (
        short_of(evaluation, "甲县", "优", 2) == "甲县：到 90 分（优）尚差 10.00 分；到第 2 名尚差 6.00 分。"
    )
    assert short_of(evaluation, "丙县", "优", 1) == "丙县：已到 90 分（优），高出 1.00 分；已到第 1 名。"


def test_findings_are_filtered_and_lead_to_their_table(workspace: Workspace) -> None:
    """A word and a severity narrow the list; the button opens the file the finding rests on."""
    shown = explorer(workspace)
    findings: FindingsPanel = panel(shown, FindingsPanel)  # type: ignore[assignment]
    findings.severity.value = "错误"
    findings.word.value = "支出"
    assert len(findings.chosen.options) == 1
    assert "95" in findings.detail.value
    findings.go.click()
    assert shown.tabs.selected_index == 0
    assert shown.reading.file.value == "资金.csv"
    assert "<mark>98</mark>" in shown.reading.picture.value
    shown.reading.whole.click()
    assert "<mark>" not in shown.reading.picture.value


def test_a_file_dropped_in_is_read_and_never_overwrites(workspace: Workspace) -> None:
    """A new workbook joins the project at once; one of a name that is there, or that leads elsewhere, does not."""
    reading: ProjectPanel = panel(explorer(workspace), ProjectPanel)  # type: ignore[assignment]
    content = "调查对象,有效问卷,满意人数\n居民,100,90\n".encode()
    before = (reading.session.folder / "得分.csv").read_bytes()
    reading.upload.value = (
        {
            "name": "../满意度.csv",
            "content": memoryview(content),
            "type": "",
            "size": 1,
            "last_modified": NOW,
        },
        {"name": "得分.csv", "content": memoryview(content), "type": "", "size": 1, "last_modified": NOW},
        {"name": "x.exe", "content": memoryview(content), "type": "", "size": 1, "last_modified": NOW},
    )
    assert (reading.session.folder / "满意度.csv").read_bytes() == content
    assert (reading.session.folder / "得分.csv").read_bytes() == before
    assert reading.file.value == "满意度.csv"
    assert "没有放入 得分.csv：同名文件已在" in reading.message.value
    assert "没有放入 x.exe" in reading.message.value


def test_words_and_corrections_are_written_by_button(workspace: Workspace) -> None:
    """A remark lands in narrative.md; a correction in words lands in corrections.yaml, a malformed cell is told."""
    words: WordsPanel = panel(explorer(workspace), WordsPanel)  # type: ignore[assignment]
    words.sections["有关建议"].value = "- 加快支出"
    words.keep.click()
    assert "- 加快支出" in (words.session.folder / "narrative.md").read_text(encoding="utf-8")
    words.cell.value = "第三格"
    words.correct.click()
    assert "单元格地址有误" in words.message.value
    words.file.value, words.sheet.value, words.cell.value = "资金.csv", "资金", "d4"
    words.corrected.value, words.reason.value = "95", "各行之和"
    words.correct.click()
    assert "corrections.yaml" in words.message.value
    assert "95" in words.known.value


def test_hostile_text_stays_text(workspace: Workspace) -> None:
    """A script in a sheet, and in the name of a file, is shown as text in every panel."""
    folder = workspace.resolve("data/合成")
    (folder / "得分.csv").write_text(
        "县区,得分\n<script>alert(1)</script>,80\n<img src=x onerror=alert(2)>,90\n", encoding="utf-8"
    )
    shown = explorer(workspace)
    texts = [shown.state.value]
    for at, each in enumerate(shown.tabs.children):
        shown.tabs.selected_index = at
        texts += [str(getattr(inner, "value", "")) for inner in getattr(each, "children", ())]
    assert not any("<script" in text or "<img" in text for text in texts)
    assert any("&lt;script&gt;" in text for text in texts)


def test_a_state_is_saved_by_button(workspace: Workspace) -> None:
    """The name typed becomes the parameter file; a bad one is told."""
    report: ReportPanel = panel(explorer(workspace), ReportPanel)  # type: ignore[assignment]
    report.name.value = "a/b"
    report.keep.click()
    assert "不能用作文件名" in report.message.value
    report.name.value = "我的报告"
    report.keep.click()
    assert (workspace.parameters / "project_report" / "我的报告.yaml").is_file()


def test_the_explorer_has_a_line_of_text(workspace: Workspace) -> None:
    """Where no widgets are shown there is a line instead, without making the explorer anew."""
    shown = explorer(workspace)
    assert repr(shown) == "<Explorer>"


def test_a_hidden_panel_is_drawn_when_it_is_shown(workspace: Workspace) -> None:
    """A change behind a hidden panel costs nothing until the panel is looked at, and is there then."""
    shown = explorer(workspace)
    summary: SummaryPanel = panel(shown, SummaryPanel)  # type: ignore[assignment]
    shown.tabs.selected_index = 0
    before = summary.pane.value
    shown.session.change(denominators={"execution_rate": "received"})
    assert summary.pane.value == before
    panel(shown, SummaryPanel)
    assert "67.86%" in summary.pane.value


def test_the_breakdown_moves_with_the_sliders(workspace: Workspace) -> None:
    """Each district's tried score is told by 一级指标, and marked as a trial once a slider was moved."""
    weights: WeightsPanel = panel(explorer(workspace), WeightsPanel)  # type: ignore[assignment]
    assert "产出 48.00" in weights.bars.value
    assert "测算得分构成" not in weights.bars.value
    weights.sliders.children[0].slider.value = 90
    assert "产出 72.00" in weights.bars.value
    assert "测算得分构成" in weights.bars.value


def test_a_new_project_is_made_and_opened(workspace: Workspace) -> None:
    """Workbooks dropped in make a project of that name, with its parameter file; an existing name is refused."""
    shown = explorer(workspace)
    new = shown.reading.new
    new.name.value = "合成"
    new.create.click()
    assert "已有这个项目" in new.message.value
    new.name.value = "新县2025"
    content = memoryview("县区,得分\n东区,80\n西区,90\n".encode())
    new.upload.value = (
        {"name": "得分.csv", "content": content, "type": "", "size": 1, "last_modified": NOW},
    )
    new.create.click()
    assert shown.project.value == "data/新县2025"
    assert shown.session.evaluation is not None
    assert shown.session.evaluation.project.districts == ("东区", "西区")
    assert (workspace.parameters / "project_report" / "新县2025.yaml").is_file()


TASKS = "县区,改造面积（万平方米）,改造户数（户）\n甲县,10,100\n乙县,20,200\n丙县,10,300\n"


def test_money_is_shared_out_by_a_scheme(workspace: Workspace) -> None:
    """A scheme without an amount is told; with one, and figures typed for the districts, the shares add up to it."""
    (workspace.resolve("data/合成") / "任务.csv").write_text(TASKS, encoding="utf-8")
    shown = Explorer("data/合成", "allocation-example", workspace=workspace)
    money: AllocationPanel = panel(shown, AllocationPanel)  # type: ignore[assignment]
    assert "测算" in money.result.value
    money.amount.value = "500"
    money.share.click()
    assert shown.session.problems == ()
    allocation = shown.session.evaluation.allocation  # type: ignore[union-attr]
    assert allocation is not None
    assert sum(each.amount.number for each in allocation.allotments if each.amount.number) == 500
    money.amount.value = ""
    money.share.click()
    assert "总额" in money.message.value


@pytest.mark.acceptance
def test_money_shared_out_is_a_run_that_gives_the_same(workspace: Workspace, checkout: Path) -> None:
    """Amount and weights typed are kept as parameters; `wenxiao run` gives each district the amount that was shown."""
    (workspace.resolve("data/合成") / "任务.csv").write_text(TASKS, encoding="utf-8")
    for notebook in ("district_ranking", "project_report"):
        shutil.copy(checkout / f"notebooks/{notebook}.ipynb", workspace.notebooks)
    shown = Explorer("data/合成", "allocation-example", workspace=workspace)
    money: AllocationPanel = panel(shown, AllocationPanel)  # type: ignore[assignment]
    money.amount.value = "500"
    money.weights.children[0].value, money.weights.children[1].value = "55", "45"
    money.share.click()
    assert "测算" in shown.state.value
    allocation = shown.session.evaluation.allocation  # type: ignore[union-attr]
    assert allocation is not None
    seen = {each.place: each.amount.text for each in allocation.allotments}
    report: ReportPanel = panel(shown, ReportPanel)  # type: ignore[assignment]
    report.name.value = "一"
    report.keep.click()
    assert "县区排名" in report.message.value
    report.name.value, report.notebook.value = "分配", "district_ranking"
    report.keep.click()
    command = [sys.executable, "-c", "from wenxiao.cli import main; main()", "run", "分配"]
    subprocess.run(command, cwd=workspace.root, check=True, capture_output=True)
    folder = workspace.outputs / "district_ranking/分配"
    results = json.loads((folder / "results.json").read_text(encoding="utf-8"))
    made = {each["place"]: each["amount"]["text"] for each in results["allocation"]["allotments"]}
    assert made == {place: f"{text}万元" for place, text in seen.items()}
    assert "测算" in (folder / "report.html").read_text(encoding="utf-8")


def test_a_person_reads_what_went_wrong_where_it_was_asked(workspace: Workspace) -> None:
    """Whatever an event raises is shown in its panel, and the session goes on."""
    shown = explorer(workspace)
    reading: ProjectPanel = panel(shown, ProjectPanel)  # type: ignore[assignment]
    shutil.rmtree(reading.session.folder)
    reading.remove.click()
    assert "项目里没有这个文件" in reading.message.value
    broken: SummaryPanel = panel(shown, SummaryPanel)  # type: ignore[assignment]
    broken.press(broken_button := widgets.Button(), lambda: 1 // 0)
    broken_button.click()
    assert "ZeroDivisionError" in broken.message.value


def test_events_of_a_project_that_is_left_change_nothing(workspace: Workspace) -> None:
    """A slider's move that arrives once another project is open is not heard: the panels of the old one are closed."""
    other = workspace.data / "另一个"
    shutil.copytree(workspace.resolve("data/合成"), other)
    shown = explorer(workspace)
    old: WeightsPanel = panel(shown, WeightsPanel)  # type: ignore[assignment]
    shown.project.value = "data/另一个"
    old.sliders.children[0].slider.value = 90
    old.back.click()
    assert shown.session.state.parameters.changes == {}
    new: WeightsPanel = panel(shown, WeightsPanel)  # type: ignore[assignment]
    assert [each.slider.value for each in new.sliders.children] == [60, 40]
    shown.undo.click()
    assert shown.project.value == "data/合成"
    assert shown.session.state.project == "data/合成"


def test_weights_are_typed_locked_and_moved_below_the_first_level(workspace: Workspace) -> None:
    """A number is taken exactly, a lock holds, one that cannot be is told and taken back."""
    (workspace.resolve("data/合成") / "得分.csv").write_text(FOUR, encoding="utf-8")
    weights: WeightsPanel = panel(explorer(workspace), WeightsPanel)  # type: ignore[assignment]
    first, second, third, fourth = weights.sliders.children
    first.number.value = "30"
    assert [each.number.value for each in weights.sliders.children] == ["30.00", "17.50", "35.00", "17.50"]
    first.slider.value = 20
    assert weights.session.state.parameters.changes == {}
    second.lock.value = True
    first.number.value = "33"
    assert [each.number.value for each in weights.sliders.children] == ["33.00", "20.00", "31.33", "15.67"]
    assert weights.session.state.parameters.changes["trial_weights"] == {
        "甲": "33",
        "丙": "94/3",
        "丁": "47/3",
    }
    first.number.value = "三十"
    assert "应为 0 至 100.00 的数" in weights.message.value
    assert first.number.value == "33.00"
    third.lock.value = fourth.lock.value = True
    first.number.value = "40"
    assert "已锁定" in weights.message.value
    assert first.number.value == "33.00"


def test_two_trials_stand_side_by_side(workspace: Workspace) -> None:
    """A trial set aside is compared with the next one, and forgotten by a button."""
    weights: WeightsPanel = panel(explorer(workspace), WeightsPanel)  # type: ignore[assignment]
    weights.sliders.children[0].slider.value = 90
    weights.aside.click()
    weights.sliders.children[0].slider.value = 50
    assert "两组分值的测算对照" in weights.pair.value
    assert "产出由 60 分改为 90 分" in weights.pair.value
    assert "产出由 60 分改为 50 分" in weights.pair.value
    weights.forget.click()
    assert weights.pair.value == ""


def test_a_saved_trial_opens_as_it_was(workspace: Workspace) -> None:
    """What was saved, opened again in another session, is the same state; undo takes one back."""
    shown = explorer(workspace)
    weights: WeightsPanel = panel(shown, WeightsPanel)  # type: ignore[assignment]
    weights.sliders.children[0].slider.value = 77.5
    shown.session.change(ties="dense")
    kept = shown.session.state.parameters
    kept.save(workspace, "试算")
    again = explorer(workspace)
    report: ReportPanel = panel(again, ReportPanel)  # type: ignore[assignment]
    assert report.saved.options == ("project_report/试算",)
    report.open.click()
    assert again.session.state.parameters == kept
    assert [each.number.value for each in panel(again, WeightsPanel).sliders.children] == ["77.50", "22.50"]  # type: ignore[attr-defined]
    again.undo.click()
    assert again.session.state.parameters.changes == {}


def test_a_damaged_file_is_refused_before_it_is_kept(workspace: Workspace) -> None:
    """A workbook that cannot be read is told and not kept; one that lies there already can be removed and put back."""
    reading: ProjectPanel = panel(explorer(workspace), ProjectPanel)  # type: ignore[assignment]
    damaged = b"PK\x03\x04 not a workbook"
    reading.upload.value = (dropped("坏.xlsx", damaged),)
    assert "没有放入 坏.xlsx" in reading.message.value
    assert not (reading.session.folder / "坏.xlsx").exists()
    (reading.session.folder / "坏.xlsx").write_bytes(damaged)
    reading.again.click()
    assert reading.session.evaluation is None
    assert "坏.xlsx" in reading.message.value
    reading.file.value = "坏.xlsx"
    reading.remove.click()
    assert reading.session.evaluation is not None
    assert reading.removed.value.endswith("/坏.xlsx")
    reading.restore.click()
    assert (reading.session.folder / "坏.xlsx").read_bytes() == damaged


def test_a_corrected_workbook_takes_the_place_of_the_old(workspace: Workspace) -> None:
    """With the box ticked a file of the same name is replaced; the old one is kept, and comes back in its place."""
    reading: ProjectPanel = panel(explorer(workspace), ProjectPanel)  # type: ignore[assignment]
    path = reading.session.folder / "资金.csv"
    before = path.read_bytes()
    after = before.replace(b",98", b",95")
    reading.replace.value = True
    reading.upload.value = (dropped("资金.csv", after),)
    assert path.read_bytes() == after
    assert "已替换 资金.csv" in reading.message.value
    reading.restore.click()
    assert path.read_bytes() == before
    assert len(reading.removed.options) == 1


def test_words_changed_by_somebody_else_are_shown_and_not_overwritten(workspace: Workspace) -> None:
    """Saving shows both versions of a section that changed in the file; either can be taken, and the rest is written."""
    words: WordsPanel = panel(explorer(workspace), WordsPanel)  # type: ignore[assignment]
    path = words.session.folder / "narrative.md"
    words.sections["有关建议"].value = "- 我的"
    words.sections["主要经验"].value = "- 经验"
    assert "还没有保存" in words.unsaved.value
    path.write_text("## 有关建议\n<!-- 一条一行 -->\n- 别人的\n", encoding="utf-8")
    words.keep.click()
    assert "他人已改动 有关建议" in words.message.value
    assert "- 别人的" in words.conflicts.value
    assert "- 我的" in words.conflicts.value
    text = path.read_text(encoding="utf-8")
    assert "- 别人的" in text
    assert "- 经验" in text
    words.mine.click()
    text = path.read_text(encoding="utf-8")
    assert "- 我的" in text
    assert "- 别人的" not in text
    assert "<!-- 一条一行 -->" in text
    assert words.drafts == {}
    assert words.sections["有关建议"].value == "- 我的"


def test_typed_words_outlast_another_project(workspace: Workspace) -> None:
    """Words not yet written are there again when their project is."""
    shutil.copytree(workspace.resolve("data/合成"), workspace.data / "另一个")
    shown = explorer(workspace)
    panel(shown, WordsPanel).sections["有关建议"].value = "- 我的"  # type: ignore[attr-defined]
    shown.project.value = "data/另一个"
    assert panel(shown, WordsPanel).sections["有关建议"].value == ""  # type: ignore[attr-defined]
    shown.project.value = "data/合成"
    assert panel(shown, WordsPanel).sections["有关建议"].value == "- 我的"  # type: ignore[attr-defined]


def test_a_reading_is_mended_at_its_column(workspace: Workspace) -> None:
    """Another field said of a column is written beside the file and read again; what moved is told, nonsense refused."""
    reading: ProjectPanel = panel(explorer(workspace), ProjectPanel)  # type: ignore[assignment]
    reading.file.value = "资金.csv"
    mending = reading.mending
    assert "到位" in mending.columns.value
    mending.column.value, mending.field.value = "C", "paid"
    mending.change_column.click()
    beside = reading.session.folder / "资金.csv.yaml"
    assert "C: paid" in beside.read_text(encoding="utf-8")
    assert "重新读取后：" in mending.message.value
    assert "拨付" in mending.message.value
    mending.unit.value = "不是单位"
    before = beside.read_bytes()
    mending.change_column.click()
    assert "不认识的单位" in mending.message.value
    assert beside.read_bytes() == before
    mending.unit.value, mending.field.value = "", None
    mending.change_column.click()
    assert "paid" not in beside.read_text(encoding="utf-8")
    mending.row.value, mending.role.value = 3, "注"
    mending.change_row.click()
    assert "3: 注" in beside.read_text(encoding="utf-8")
    assert "个数不再有" in mending.message.value
    assert "3" in mending.unused.options[0][0]
    mending.unused.value = 0
    assert "<mark>" in reading.picture.value
