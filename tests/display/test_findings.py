"""Findings as a clerk reads them."""

from bs4 import BeautifulSoup
from wenxiao.display import FindingsList, Rendering, findings_list, findings_words, html_of
from wenxiao.evaluation import Evaluation
from wenxiao.model import CellRef, Finding, Severity

FINDING = Finding(
    code="rate",
    severity=Severity.ERROR,
    subject="产出得分率",
    message="产出得分率列为 63.89%，应为 72.22%。",
    printed="63.89%",
    recomputed="72.22%",
    cells=(CellRef("得分.xlsx", "表1", 6, 4),),
    remedy="改正得分率",
)


def test_a_finding_says_all_a_reader_needs() -> None:
    """The severity as a word, the sentence, printed and recomputed, the cells, the remedy."""
    text = BeautifulSoup(html_of(FINDING), "html.parser").get_text(" ")
    for part in (
        "错误",
        FINDING.message,
        "报告所列",
        "63.89%",
        "核对结果",
        "72.22%",
        "得分.xlsx［表1］D6",
        "改正得分率",
    ):
        assert part in text


def test_a_brief_finding_is_its_sentence() -> None:
    """Beside a table the sentence is enough; the rest stands in the list."""
    html = FindingsList((FINDING,), brief=True).html(Rendering("a"))
    assert FINDING.message in html
    assert "改正得分率" not in html


def test_findings_are_counted_by_severity(mudan: Evaluation) -> None:
    """The sentence above the list counts each severity that occurs."""
    text = findings_words(mudan).text()
    assert f"发现差异 {len(mudan.open_findings)} 项" in text
    assert "另有已更正 1 项，不再计入" in text
    assert "错误 1 项" in text


def test_the_list_is_internal(mudan: Evaluation) -> None:
    """Findings never reach an edition for release."""
    assert findings_list(mudan).internal
    assert findings_words(mudan).internal
