"""From what came back to the tables of a project, each value with the file and cell it comes from."""

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from wenxiao.collect import Collection, Merged, merge, read_collection, receive, status, write_chase_list
from wenxiao.collect.tidy import COLUMNS, tidy_rows
from wenxiao.evaluation import evaluate
from wenxiao.model import OutputError, ProjectError
from wenxiao.project import load_profile, load_project

Fill = Callable[..., Path]


def test_what_counties_return_is_a_project_that_can_be_evaluated(city: Collection, fill: Fill) -> None:
    """Sums of the counties are the project's funds and outputs; a county that returned nothing is 未报送, never 0."""
    for county in ("东山区", "西河区", "甲县"):
        fill(county)
    receive(city)
    merge(city)
    evaluation = evaluate(load_project(city.project), load_profile())
    assert evaluation.funds is not None
    assert evaluation.funds.total.amounts["spent"].text == "241.50"
    assert evaluation.project.districts == ("东山区", "西河区", "甲县", "平邑县")
    spent = next(figure for figure in evaluation.district_figures if figure.key == "spent")
    assert [measure.text for measure in spent.values.values()] == ["80.50", "80.50", "80.50", "未报送"]
    households = next(figure for figure in evaluation.district_figures if figure.key == "households")
    assert households.sum is not None
    assert households.sum.text == "7,500"
    assert {output.item: output.actual.text for output in evaluation.outputs}["改造面积"] == "54.75万㎡"
    assert not [finding for finding in evaluation.findings if finding.code.startswith("table-")]


def test_every_value_names_its_file_version_sheet_and_cell(city: Collection, fill: Fill) -> None:
    """A line of the tidy data is one cell of one returned file."""
    fill("甲县", "邮件/表格(3).xlsx")
    receive(city)
    rows = tidy_rows(merge(city).values)
    row = next(each for each in rows if each[4] == "80.5")
    assert dict(zip(COLUMNS, row, strict=True)) == {
        "县区": "甲县", "表": "资金情况", "行": "中央资金", "字段": "支出数", "值": "80.5", "原文": "80.5", "单位": "万元",
        "文件": "邮件/表格(3).xlsx", "版本": "v1", "工作表": "资金情况", "单元格": "G4", "行类": "数据", "缺失": "",
        "限定词": "", "公式": "", "类别": "funds", "字段名": "spent",
    }  # fmt: skip


def test_the_chase_list_says_who_is_late(city: Collection, fill: Fill) -> None:
    """已收 3/4，缺平邑县: the counties of which nothing came are named."""
    for county in ("东山区", "西河区", "甲县"):
        fill(county)
    receive(city)
    assert status(city).headline == "已收 3/4，缺平邑县"
    fill("平邑县")
    receive(city)
    assert status(city).headline == "已收 4/4，已收齐"


@pytest.mark.parametrize("times", [1, 2])
def test_merging_again_gives_the_same_bytes(city: Collection, fill: Fill, times: int) -> None:
    """The same returns give the same workbook and the same data, however often they are received and merged."""
    fill("甲县")
    receive(city)
    merge(city)
    before = [path.read_bytes() for path in (city.merged, city.tidy_csv, city.tidy_parquet)]
    for _ in range(times):
        receive(city)
        merge(city)
    assert [path.read_bytes() for path in (city.merged, city.tidy_csv, city.tidy_parquet)] == before


def test_what_is_received_while_a_merge_reads_waits_for_it(
    city: Collection, fill: Fill, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A merge is alone from its first reading on: its files and its answer are of one register, the next merge has the rest."""
    fill("甲县")
    receive(city)
    other = threading.Thread(target=receive, args=(city,))
    waited: list[bool] = []

    def read(*given: Any) -> Merged:
        found = read_collection(*given)
        fill("东山区")
        other.start()
        other.join(timeout=0.5)
        waited.append(other.is_alive())
        return found

    with monkeypatch.context() as patch:
        patch.setattr("wenxiao.collect.merging.read_collection", read)
        merged = merge(city)
    other.join()
    assert waited == [True]
    assert merged.returned == ("甲县",)
    assert "东山区" not in city.tidy_csv.read_text(encoding="utf-8")
    assert merge(city).returned == ("东山区", "甲县")


def test_one_who_waits_too_long_is_told_for_what(city: Collection, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who has the collection may ask for it again; another one gives up after a while and says why."""
    monkeypatch.setattr("wenxiao.collect.collection._WAIT_SECONDS", 0.1)
    told: list[str] = []

    def ask() -> None:
        try:
            receive(city)
        except ProjectError as error:
            told.append(str(error))

    with city.alone():
        with city.alone():
            pass
        other = threading.Thread(target=ask)
        other.start()
        other.join()
    assert len(told) == 1
    assert "另一个收表命令还在写这个项目" in told[0]
    assert receive(city).new == ()


def test_a_persons_workbook_is_not_replaced(city: Collection) -> None:
    """A 汇总.xlsx that the program did not write, and one that was changed since, stays; the merge says so."""
    receive(city)
    city.merged.write_bytes(b"a person's")
    with pytest.raises(OutputError, match=r"汇总\.xlsx：这个文件不是本程序生成的"):
        merge(city)
    assert city.merged.read_bytes() == b"a person's"
    city.merged.unlink()
    merge(city)
    merge(city)
    city.chase_list.write_bytes(b"with a remark")
    with pytest.raises(OutputError, match="催报表"):
        write_chase_list(city, status(city))
    assert city.chase_list.read_bytes() == b"with a remark"
