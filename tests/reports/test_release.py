"""What is published of an edition for release, searched byte by byte for what must not leave the house."""

from pathlib import Path

import pytest
from wenxiao.evaluation import Evaluation

from tests.reports.published import published

OWN = "费县"


def test_a_district_for_release_names_no_peer_anywhere(editions: Path, linyi: Evaluation) -> None:
    """No file of the run, in any form, holds the name of another county; its own it holds."""
    peers = set(linyi.project.districts) - {OWN}
    leaks = {
        (name, peer)
        for name, text in published(editions / "district_report" / "alone")
        for peer in peers
        if peer in text
    }
    assert not leaks
    assert any(OWN in text for name, text in published(editions / "district_report" / "alone"))


@pytest.mark.parametrize(
    "run", ["district_report/alone", "district_report/consented", "project_report/whole"]
)
def test_no_finding_leaves_the_house(editions: Path, linyi: Evaluation, run: str) -> None:
    """No file of a release holds a finding's sentence, its remedy, or the heading they stand under."""
    secrets = {f.message for f in linyi.findings} | {f.remedy for f in linyi.findings if f.remedy}
    secrets |= {f.code for f in linyi.findings} | {"项核对差异"}
    leaks = {
        (name, secret)
        for name, text in published(editions / run)
        for secret in secrets
        if secret in text and not (name == "report.ipynb" and secret == "项核对差异")
    }
    assert linyi.findings
    assert not leaks


def test_consent_lets_peers_be_named(editions: Path) -> None:
    """With the consent of the others the ranking and its chart stand in the edition for release."""
    page = (editions / "district_report" / "consented" / "report.html").read_text(encoding="utf-8")
    assert "罗庄区" in page
    assert "<svg" in page


@pytest.mark.parametrize(
    ("run", "edition"), [("district_report/alone", "正式稿"), ("project_report/whole", "征求意见稿")]
)
def test_an_edition_says_what_it_is(editions: Path, run: str, edition: str) -> None:
    """The head of the page and the head of every printed sheet name the edition and its readers."""
    page = (editions / run / "report.html").read_text(encoding="utf-8")
    assert f'<span class="wx-mark">{edition}</span> <span class="wx-mark">公开</span>' in page
    assert f'@top-right {{ content: "{edition} · 公开"' in page


def test_the_index_says_nothing_of_findings_of_a_release(editions: Path) -> None:
    """Beside a run for release the index counts no findings, not even none."""
    index = (editions / "index.html").read_text(encoding="utf-8")
    assert "公开" in index
    line = index.partition("district_report/alone/report.html")[2].partition("</tr>")[0]
    assert "公开稿不列" in line
