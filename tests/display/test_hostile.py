"""Whatever a spreadsheet or a narrative holds is text."""

import pytest
from bs4 import BeautifulSoup
from wenxiao.display import Page, Words, facts_table, funds_table, funds_words, html_of, style, stylesheet
from wenxiao.display.output import Output
from wenxiao.evaluation import Evaluation
from wenxiao.model import CellRef, Finding, Severity

from tests.evaluation.made import evaluated, made

EVIL = '"><script>alert(1)</script></style><img src=x onerror=alert(1)>\u202e=1+1'


@pytest.fixture
def hostile() -> Evaluation:
    """A project whose names are markup."""
    rows = {"source": [EVIL, "市级" * 5000], "budget": ["60", "40"], "spent": ["5", ""]}
    return evaluated(made("funds", rows, file=f"{EVIL}.xlsx"))


def test_names_stay_text(hostile: Evaluation, shown: list[Output]) -> None:
    """No tag, attribute or handler of a spreadsheet reaches the page, in any part of it."""
    page = Page(hostile, title=EVIL, kind=EVIL, edition=EVIL)
    page.head()
    page.section(EVIL, funds_words(hostile.funds), funds_table(hostile.funds))
    page.part(EVIL, EVIL)
    page.appendix()
    outputs = [str(output.html) for output in shown if "<style>" not in output.html]
    document = BeautifulSoup("".join(outputs), "html.parser")
    assert document.find(["script", "img", "style", "iframe"]) is None
    assert not [name for tag in document.find_all(True) for name in tag.attrs if name.startswith("on")]
    assert EVIL in document.get_text()


def test_findings_stay_text() -> None:
    """A message that quotes a cell is text."""
    finding = Finding(
        "x", Severity.HINT, EVIL, EVIL, EVIL, EVIL, EVIL, (CellRef(EVIL, EVIL, 1, 1),), (), EVIL
    )
    assert BeautifulSoup(html_of(finding), "html.parser").find(["script", "img"]) is None


def test_narrative_is_inert() -> None:
    """Markdown gives no raw HTML, no links, no pictures, and no headings that disturb the outline."""
    markdown = f"# 标题\n\n{EVIL}\n\n[点击](javascript:alert(1)) ![图](http://example.org/x.png) <http://example.org>\n\n- 一"
    document = BeautifulSoup(html_of(Words(markdown)), "html.parser")
    assert document.find(["script", "img", "a", "h1", "h2", "style"]) is None
    assert document.find(class_="wx-sub").get_text() == "标题"
    assert document.find("li").get_text() == "一"


def test_the_stylesheet_loads_nothing() -> None:
    """No address, no import, and every class has the prefix."""
    css = stylesheet()
    assert "url(" not in css
    assert "@import" not in css
    assert "</" not in css


def test_the_stylesheet_outweighs_a_notebooks() -> None:
    """JupyterLab's rules for lists and tables of an output lose to ours, whose order stays as in a report."""
    html = str(style().html)
    assert html.startswith("<style>:is(html, #wx) {\n")
    assert html.endswith(f"{stylesheet()}}}</style>")


def test_an_empty_project_shows_nothing_of_its_own() -> None:
    """Parts that the tables do not give are None, not empty tables."""
    empty = evaluated()
    assert funds_table(empty.funds) is None
    assert facts_table(empty.project) is None
