"""The working paper of one evaluation, of one of its districts, or of several evaluations."""

from __future__ import annotations

from collections.abc import Sequence

from wenxiao.display import district_word
from wenxiao.evaluation import Evaluation, Place, district_view
from wenxiao.evaluation.audience import Audience
from wenxiao.model import CellRef, Measure, Standing, Table
from wenxiao.project import Project
from wenxiao.reports.working_paper.book import CONTENTS, Book
from wenxiao.reports.working_paper.cells import Cells, Lines
from wenxiao.reports.working_paper.districts import (
    has_matrix,
    write_districts,
    write_firmness,
    write_positions,
    write_swaps,
)
from wenxiao.reports.working_paper.funds import write_funds
from wenxiao.reports.working_paper.notes import write_contents, write_corrections, write_findings, write_notes
from wenxiao.reports.working_paper.ranking import RankingSheet
from wenxiao.reports.working_paper.rules import Rules
from wenxiao.reports.working_paper.scorecard import ScorecardSheet, write_verdicts
from wenxiao.reports.working_paper.sources import WHOLE, WHOLE_BESIDE, Sources
from wenxiao.reports.working_paper.surveys import write_derived, write_surveys

LINES = 20_000
"""Of more measures than this, those that merely stand in a copied cell have no line of their own."""
RANKED = 400
"""Of more districts than this, a paper on one district lists its own alone, and the firmness of ranks is left out."""


def content_of(
    evaluations: Sequence[Evaluation], district: str, readers: Audience, edition: str
) -> tuple[bytes, int]:
    """The bytes of the paper and how many sheets it has."""
    first = evaluations[0]
    title = f"{district or first.project.title}　工作底稿"
    book = Book(title, first.project.title, readers)
    contents = book.sheet(book.name(CONTENTS), title, f"{first.project.title}　{edition}")
    write_notes(book, book.name("说明"), evaluations, district, edition, readers)
    rules = Rules(book.name("评价规则"), first.profile)
    rules.write(book)
    several = len(evaluations) > 1
    parts = [
        _Part(book, each, district, f"{number}-" if several else "", readers)
        for number, each in enumerate(evaluations, 1)
    ]
    if not district:
        verdicts = [(part.evaluation, part.cells) for part in parts]
        write_verdicts(book, book.name("评价结论"), verdicts, rules, readers)
    for part in parts:
        part.write(rules)
    write_contents(contents, book)
    return book.content(), book.count


class _Part:
    """The sheets of one evaluation. All places are settled before the first formula is written."""

    def __init__(
        self, book: Book, evaluation: Evaluation, district: str, prefix: str, readers: Audience
    ) -> None:
        self.book, self.evaluation, self.district, self.readers = book, evaluation, district, readers
        self.view = district_view(evaluation, district) if district else None
        self.word = district_word(evaluation.project)
        self.measures = self._measures()
        ranking = evaluation.ranking
        self.ranked = (
            ranking is not None and not (district and len(ranking.places) > RANKED) and not readers.peers
        )
        self.matrix = has_matrix(evaluation, district) and not readers.peers
        names = {key: book.name(prefix + name.format(self.word)) for key, name in _NAMES.items()}
        self.names = names
        most = WHOLE_BESIDE if district else WHOLE
        self.sources = Sources(book, _tables(evaluation.project), self._needed(), readers, prefix, most)
        self.cells = Cells(self.sources, names["readings"])
        self.lines = Lines(names["measures"], self.measures, self.cells)
        card = evaluation.district_cards.get(district) if district else evaluation.scorecard
        sheets = (names["scorecard"], names["first_level"])
        self.scorecard = ScorecardSheet(sheets, card, self.cells) if card else None
        self.ranking = (
            RankingSheet(names["ranking"], evaluation, ranking, self.cells)
            if ranking and self.ranked
            else None
        )

    def write(self, rules: Rules) -> None:
        """All sheets of this evaluation, those people read first in front."""
        book, evaluation, names, cells = self.book, self.evaluation, self.names, self.cells
        if self.scorecard:
            self.scorecard.write(book, rules)
        if self.ranking:
            self.ranking.write(book, rules, names["listed"])
        if self.view and self.view.place and not self.ranking:
            self._own_place(self.view.place)
        if evaluation.funds and not self.district:
            write_funds(book, names["funds"], evaluation.funds, cells)
        if self.matrix:
            write_districts(book, names["districts"], evaluation, cells)
        if self.view and self.view.positions:
            write_positions(
                book, names["positions"], self.view, cells, names["districts"] if self.matrix else ""
            )
        if evaluation.surveys and not self.district:
            write_surveys(book, names["surveys"], evaluation, cells)
        derived = [m for m in self.measures if m.standing in (Standing.DERIVED, Standing.WHAT_IF)]
        if derived:
            write_derived(book, names["derived"], derived, cells)
        if self.ranked and not self.district:
            self._firmness()
        if self.readers.sees_findings:
            findings = self.view.findings if self.view else evaluation.findings
            if findings:
                write_findings(book, names["findings"], findings)
            if evaluation.project.corrections:
                write_corrections(book, names["corrections"], evaluation.project)
        self.lines.write(book)
        cells.write(book)
        self.sources.write(book)

    def _firmness(self) -> None:
        from wenxiao.contents import CONTENTS  # noqa: PLC0415  draws charts, which an index of runs need not load

        ranking = self.evaluation.ranking
        if ranking is None or len(ranking.places) > RANKED:
            return
        found = self.evaluation.robustness
        if found is not None and found.intervals:
            write_firmness(self.book, self.names["firmness"], found, self.word)
            if CONTENTS["swaps"].stands(self.readers):
                write_swaps(self.book, self.names["swaps"], found)

    def _own_place(self, place: Place) -> None:
        """The district's own line of the ranking, as values: the other districts do not stand in this paper."""
        about = f"其他{self.word}不列入本稿，名次为数值，非公式。"
        sheet = self.book.sheet(self.names["ranking"], f"{self.word}名次", about)
        sheet.heads(self.word, "得分（分）", "名次", f"参加排名的{self.word}", "等级")
        sheet.text(5, 1, place.district, bold=True)
        quantity = place.score.quantity
        sheet.marked(5, 2, place.score.text if quantity is None else float(quantity.value), "#,##0.00")
        sheet.marked(5, 3, place.rank_text)
        ranking = self.evaluation.ranking
        assert ranking is not None
        sheet.marked(5, 4, sum(each.rank is not None for each in ranking.places), "0")
        sheet.marked(5, 5, place.grade.label if place.grade else place.score.text)

    def _measures(self) -> list[Measure]:
        """The measures that have a line: those `results.json` records, less what the edition withholds."""
        every = list(self.evaluation.measures.values())
        if self.view:
            every = [measure for measure in every if measure.subject == self.district]
            every += [self.view.gap_to_mean] if self.view.gap_to_mean else []
        if len(every) > LINES:
            every = [measure for measure in every if not measure.given]
        return [measure for measure in every if not self.readers.withholds(measure)]

    def _needed(self) -> set[CellRef]:
        """The cells of the source that formulas may refer to."""
        needed = {given.cell for measure in self.measures for given in measure.inputs if given.cell}
        ranking = self.evaluation.ranking
        if ranking and self.ranked:
            needed |= {place.score.cell for place in ranking.places if place.score.cell}
            indicators = self.evaluation.indicators
            if indicators and any(place.score.cell is None for place in ranking.places):
                table = indicators.table
                needed |= {table.cell(r, column) for r in table.records() for column in indicators.columns}
        return needed


def _tables(project: Project) -> tuple[Table, ...]:
    """The tables of a project, and of those handed in together with it."""
    return tuple(table for each in (project, *project.projects) for table in each.tables)


_NAMES = {
    "scorecard": "评分表",
    "first_level": "一级指标",
    "ranking": "名次",
    "listed": "按名次",
    "funds": "资金",
    "districts": "各{}",
    "positions": "位置",
    "surveys": "满意度",
    "derived": "推算",
    "firmness": "名次的稳健性",
    "swaps": "位次互换",
    "findings": "核对差异",
    "corrections": "更正",
    "measures": "计算底稿",
    "readings": "读数",
}
