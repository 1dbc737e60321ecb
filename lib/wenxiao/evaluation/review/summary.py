"""What a summary or a report of a review says against its working papers: scores, how many projects, shares that make a whole."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from wenxiao.evaluation.audit.check import cells_of
from wenxiao.evaluation.evaluation import Evaluation
from wenxiao.evaluation.review.deviations import Deviations, deviations
from wenxiao.evaluation.review.lines import title_of
from wenxiao.model import Finding, Given, Measure, Severity, Table, half_up
from wenxiao.project.form_projects import same_project
from wenxiao.sheets.cells.wording import compact

_STAGES = (("self_score", "自评得分"), ("reviewed_score", "复核得分"), ("deviation", "偏差"))
_COUNT = re.compile(r"(?:项目\s*(\d+)\s*个|(?<![\d.])(\d+)\s*个(?:项目|单位的项目))")
_SCORE = {
    key: re.compile(rf"{label[:2]}(?:得分|总分)?[为是]?\s*(\d+(?:\.\d+)?)\s*分") for key, label in _STAGES[:2]
}
_SHARES = re.compile(r"(?:分别占|占比分别|比例分别|比重分别)")
_SHARE = re.compile(r"(\d+(?:\.\d+)?)\s*[%％]")
_SENTENCE = re.compile(r"[。；;\n]")


def summary_findings(tables: Iterable[Table], evaluations: Sequence[Evaluation]) -> tuple[Finding, ...]:
    """Scores of a 复核汇总表 that are not those of the working papers, and projects that only one of the two has."""
    papers = {compact(title_of(each)): deviations(each) for each in evaluations}
    return tuple(
        finding
        for table in tables
        if table.kind == "projects" and table.has("reviewed_score")
        for finding in _in_summary(table, papers)
    )


def _in_summary(table: Table, papers: Mapping[str, Deviations]) -> Iterator[Finding]:
    rows = {}
    for record in table.records():
        # The sheets of a review may put the code of a project before its name, and its summary not.
        if name := compact(table.text(record, "project_name")):
            rows[next((paper for paper in papers if same_project(name, paper)), name)] = record
    for name, record in rows.items():
        paper = papers.get(name)
        if paper is None:
            continue
        totals = (paper.self_total.measure, paper.reviewed_total.measure, paper.total)
        for (key, label), total in zip(_STAGES, totals, strict=True):
            printed = table.given(record, key)
            if printed.quantity and total.interval and not printed.quantity.interval.meets(total.interval):
                yield _differs(f"{name}{label}", printed, total)
    for names, said in (
        ([name for name in papers if name not in rows], "没有列入复核汇总表"),
        ([name for name in rows if name not in papers], "在复核汇总表中，没有复核底稿"),
    ):
        if names and rows:
            cells = (table.text_cell(rows[name], "project_name") for name in names if name in rows)
            yield Finding(
                "review-summary-differs",
                Severity.WARNING,
                "复核项目数",
                f"{'、'.join(names)}{said}：汇总表 {len(rows)} 个项目，底稿 {len(papers)} 个。",
                printed=str(len(rows)),
                recomputed=str(len(papers)),
                cells=tuple(cell for cell in cells if cell is not None),
                remedy="以盖章的复核底稿为准，改正汇总表或补齐底稿",
            )


def _differs(subject: str, printed: Given, total: Measure) -> Finding:
    return Finding(
        "review-summary-differs",
        Severity.ERROR,
        subject,
        f"{subject}在复核汇总表中为 {printed.text}，复核底稿各项相加为 {total.text} 分。",
        printed=printed.text,
        recomputed=total.text,
        cells=cells_of(printed),
        remedy="以盖章的复核底稿为准改正",
    )


def report_findings(
    paragraphs: Sequence[str], evaluations: Sequence[Evaluation], file: str
) -> tuple[Finding, ...]:
    """What the words of a report say otherwise than its working papers; each finding quotes the sentence and its paragraph."""
    papers = {title_of(each): deviations(each) for each in evaluations}
    found: list[Finding] = []
    counts: list[tuple[str, str, int]] = []
    for number, paragraph in enumerate(paragraphs, 1):
        where = f"{file}第 {number} 段"
        for sentence in filter(None, map(str.strip, _SENTENCE.split(paragraph))):
            if "复核" in sentence:
                counts += [(where, sentence, int(a or b)) for a, b in _COUNT.findall(sentence)]
            found += _scores(where, sentence, papers)
            found += _shares(where, sentence)
    if counts and all(count != len(papers) for *_, count in counts):  # one of them may speak of a part
        where, sentence, count = counts[0]
        text = f"“{sentence}”写的是 {count} 个项目，复核底稿有 {len(papers)} 个"
        found.append(_said("review-report-differs", where, "复核项目数", text, str(count), str(len(papers))))
    return tuple(found)


def _scores(where: str, sentence: str, papers: Mapping[str, Deviations]) -> Iterator[Finding]:
    named = [name for name in papers if name in sentence]
    if len(named) != 1:
        return
    paper = papers[named[0]]
    totals = {"self_score": paper.self_total.measure, "reviewed_score": paper.reviewed_total.measure}
    for key, total in totals.items():
        for stated in _SCORE[key].findall(sentence):
            places = len(stated.partition(".")[2])
            if total.number is None or half_up(total.number, places) != Decimal(stated):
                text = f"“{sentence}”与复核底稿不同：底稿为 {total.text}"
                yield _said("review-report-differs", where, named[0], text, stated, total.text)


def _shares(where: str, sentence: str) -> Iterator[Finding]:
    """Shares that a sentence says divide a whole, and that do not make 100% within their rounding."""
    begins = _SHARES.search(sentence)
    shares = [Decimal(each) for each in _SHARE.findall(sentence[begins.end() :])] if begins else []
    added = sum(shares, Decimal(0))
    room = sum(
        (Decimal(1).scaleb(int(each.as_tuple().exponent)) / 2 for each in shares), Decimal(0)
    )  # of their rounding
    if len(shares) > 1 and abs(added - 100) > room:
        text = f"“{sentence}”各项占比相加为 {added}%，不是 100%"
        yield _said("review-report-shares", where, "占比", text, f"{added}%", "100%")


def _said(code: str, where: str, subject: str, text: str, printed: str, recomputed: str) -> Finding:
    return Finding(
        code,
        Severity.WARNING,
        subject,
        f"{where}：{text}。",
        printed=printed,
        recomputed=recomputed,
        remedy="以盖章的复核底稿为准改正报告",
    )
