"""One table of relations: what is taken out of it is gone from every consumer."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
import yaml
from click.testing import CliRunner
from wenxiao.cli.check import check
from wenxiao.collect import Collection, receive, status
from wenxiao.collect.form import load_form
from wenxiao.evaluation import Evaluation, checks
from wenxiao.fields import relations, standard_registry
from wenxiao.fields.relations import standard_relations
from wenxiao.reports.working_paper import working_paper

from scripts.reference import PAGES
from tests.collect.conftest import city, fill
from tests.evaluation.audit.test_workbooks import WORKBOOKS, read

Without = Callable[[str, str], None]
__all__ = ["city", "fill"]

MONEY = [
    ["资金来源", "预算数（万元）", "到位数（万元）", "支出数（万元）", "执行率"],
    ["中央资金", 1000, 800, 600, "61%"],
    ["省级资金", 500, 500, 200, "40%"],
    ["合计", 1500, 1310, 800, "53.33%"],
]
DECLARED = [code for code in standard_relations().by_code if code != "form-above"]


@pytest.fixture
def without(monkeypatch: pytest.MonkeyPatch) -> Iterator[Without]:
    """Takes one relation out of the table, by its kind and its key, code or label."""

    def take(kind: str, name: str) -> None:
        whole = yaml.safe_load(relations._text())
        kept = [
            each for each in whole[kind] if name not in (each.get("key"), each.get("code"), each.get("label"))
        ]
        assert len(kept) == len(whole[kind]) - 1
        text = yaml.safe_dump(whole | {kind: kept}, allow_unicode=True)
        monkeypatch.setattr(relations, "_text", lambda: text)
        standard_relations.cache_clear()

    yield take
    monkeypatch.undo()
    standard_relations.cache_clear()


def codes(evaluation: Evaluation) -> set[str]:
    """The codes of what an evaluation found."""
    return {each.code for each in evaluation.findings}


def keys(evaluation: Evaluation) -> set[str]:
    """The keys of the measures that the working paper has a live formula for."""
    book = openpyxl.load_workbook(BytesIO(working_paper([evaluation]).content))
    sheet = book["计算底稿"]
    return {str(row[0].value) for row in sheet.iter_rows(min_row=5) if str(row[4].value).startswith("=")}


def kind_of(code: str) -> str:
    """The kind of relation that fails with a code."""
    table = standard_relations()
    kinds = {"sums": table.sums, "parts": table.parts, "means": table.means, "weighted": table.weighted}
    return next((kind for kind, each in kinds.items() if code in [one.code for one in each]), "copies")


def test_evaluation_computes_only_what_is_declared(tmp_path: Path, without: Without) -> None:
    """Without the rate no source has it, and no district."""
    before = read(tmp_path, {"资金": MONEY})
    without("rates", "execution_rate")
    after = read(tmp_path, {"资金": MONEY})
    assert before.funds is not None
    assert after.funds is not None
    assert set(before.funds.total.rates) - set(after.funds.total.rates) == {"execution_rate"}


@pytest.mark.parametrize("code", DECLARED)
def test_audit_checks_only_what_is_declared(code: str, tmp_path: Path, without: Without) -> None:
    """The workbook that breaks a relation is silent about it once the relation is gone."""
    name = next(name for name, case in WORKBOOKS.items() if case["code"] == code)
    assert code in codes(read(tmp_path, WORKBOOKS[name]["sheets"]))
    without(kind_of(code), code)
    assert code not in codes(read(tmp_path, WORKBOOKS[name]["sheets"]))


@pytest.mark.parametrize(
    ("kind", "name", "code"),
    [("rates", "execution_rate", "rate-differs"), ("balances", "结余", "balance-differs")],
)
def test_audit_holds_columns_against_what_is_declared(
    kind: str, name: str, code: str, tmp_path: Path, without: Without
) -> None:
    """A printed rate or balance is held against the columns that its declaration names."""
    rows = [[*MONEY[0], "结余（万元）"], [*MONEY[1], 200], [*MONEY[2], 310]]
    assert code in codes(read(tmp_path, {"资金": rows}))
    without(kind, name)
    assert code not in codes(read(tmp_path, {"资金": rows}))


def test_check_says_only_what_is_declared(tmp_path: Path, without: Without) -> None:
    """`wenxiao check` of a file whose total is not its sum."""
    read(tmp_path, {"资金": MONEY})

    def said() -> set[str]:
        result = CliRunner().invoke(check, [str(tmp_path / "表.xlsx"), "--json"])
        return {each["code"] for each in json.loads(result.output)[0]["findings"]}

    assert "total-differs" in said()
    without("sums", "total-differs")
    assert "total-differs" not in said()


def test_counties_are_asked_only_what_is_declared(
    city: Collection, fill: Callable[..., Path], without: Without
) -> None:
    """A total that does not add up, and more spent than received, in a returned form and in the check of its template."""

    def change(book: object) -> None:
        sheet = book["资金情况"]  # type: ignore[index]
        sheet["E16"], sheet["G4"] = 190, 95.5

    def asked() -> set[str]:
        return {query.finding.code for query in status(city).queries}

    fill("甲县", "邮件/甲县.xlsx", change)
    receive(city)
    assert asked() >= {"total-differs", "form-above"}
    without("sums", "total-differs")
    assert asked() >= {"form-above"}
    assert "total-differs" not in asked()
    without("parts", "form-above")
    assert "form-above" not in asked()
    sheet = load_form("county", standard_registry()).by_kind["funds"]
    assert sheet.bounds == ()


def test_working_paper_has_only_what_is_declared(tmp_path: Path, without: Without) -> None:
    """The line of a rate with its live formula is there as long as the rate is declared."""
    before = read(tmp_path, {"资金": MONEY})
    without("rates", "execution_rate")
    after = read(tmp_path, {"资金": MONEY})
    assert "execution_rate/全项目" in keys(before)
    assert "execution_rate/全项目" not in keys(after)


def test_documentation_lists_only_what_is_declared(without: Without) -> None:
    """The pages of relations and of checks are written from the table."""
    assert "小计与所属各行" in PAGES["relations.md"]()
    assert "小计与所属各行" in PAGES["checks.md"]()
    without("sums", "subtotal-differs")
    assert "小计与所属各行" not in PAGES["relations.md"]()
    assert "小计与所属各行" not in PAGES["checks.md"]()
    assert "subtotal-differs" not in {each.code for each in checks()}
