"""名次: every district's score, rank and grade as formulas, after the policy on ties; the list by rank with its chart."""

from __future__ import annotations

from fractions import Fraction

from wenxiao.evaluation import Evaluation, Place, Ranking
from wenxiao.model import Given, Missing, SheetCell, total
from wenxiao.model.spreadsheet import NOISE, quoted, spreadsheet_of
from wenxiao.model.units import POINTS
from wenxiao.reports.working_paper.book import QUIET, Book, Cached, Sheet
from wenxiao.reports.working_paper.cells import Cells
from wenxiao.reports.working_paper.charts import bars
from wenxiao.reports.working_paper.rules import TIES, Rules
from wenxiao.reports.working_paper.text import number_format

_FIRST = 5
NAME, SCORE, COUNTS, RANK, TIED, GRADE, TAKES, FIRST_OF, MODE, MODE_NUMBER, MODE_RANK, ORDER, NOTE = range(
    1, 14
)
_HEADS = (
    "县区",
    "得分（分）",
    "计入排名的得分（分）",
    "名次",
    "并列",
    "等级",
    "参与排名（1 是 0 否）",
    "同分中的第一个",
    "评价方式",
    "评价方式编号",
    "同方式内名次",
    "排列次序",
    "备注",
)


class RankingSheet:
    """The ranking of one project; made before anything is written, because other formulas refer to its scores."""

    def __init__(self, name: str, evaluation: Evaluation, ranking: Ranking, cells: Cells) -> None:
        self.name, self._evaluation, self._ranking, self._cells = name, evaluation, ranking, cells
        self._last = _FIRST + len(ranking.places) - 1
        self._sums: dict[str, str | None] = {}
        for row, place in enumerate(ranking.places, _FIRST):
            if place.score.cell is None and place.score.quantity is not None:
                self._sums[place.district] = self._sum(place)
                cells.stand(place.score, SheetCell(name, SCORE, row))

    def write(self, book: Book, rules: Rules, listed: str) -> None:
        """The sheet in the source's order, then, as `listed`, the list by rank with the chart."""
        ranking = self._ranking
        sheet = book.sheet(self.name, "县区名次", f"{TIES[ranking.ties]}。名次、等级按未取整的得分。")
        sheet.heads(*_HEADS)
        modes = {mode: number for number, mode in enumerate(ranking.modes, 1)}
        seen: set[Fraction] = set()
        order = {place.district: number for number, place in enumerate(ranking.ranked, 1)}
        for row, place in enumerate(ranking.places, _FIRST):
            self._line(sheet, row, place, rules, modes, seen, order[place.district])
        self._listed(book, listed)

    def _line(
        self,
        sheet: Sheet,
        row: int,
        place: Place,
        rules: Rules,
        modes: dict[str, int],
        seen: set[Fraction],
        order: int,
    ) -> None:
        content = place.content
        missing = content.label if isinstance(content, Missing) else ""
        absent = "不参与排名" if place.excluded else missing
        places = place.score.quantity.places if place.score.quantity else 2
        form = number_format(POINTS, places)
        number = None if isinstance(content, Missing) else Fraction(content.value)
        sheet.text(row, NAME, place.district, bold=True)
        score: Cached = float(place.score.quantity.value) if place.score.quantity else place.score.text
        formula = self._sums.get(place.district) or spreadsheet_of(place.score, self._cells, place.score.text)
        sheet.formula(row, SCORE, formula, score, form)
        counted = self._at(COUNTS, row)
        if place.adjusted:
            formula = (
                f"IFERROR(ROUND({self._cells.line(place.adjusted)},{NOISE}),{quoted(missing or '未提供')})"
            )
        else:
            formula = f"IF(COUNT({self._at(SCORE, row)})=1,ROUND({self._at(SCORE, row)},{NOISE}),{quoted(missing or '未提供')})"
        sheet.formula(row, COUNTS, formula, float(number) if number is not None else missing, form)
        sheet.number(row, TAKES, 0 if place.excluded else 1, "0", font_color=QUIET)
        # A score that takes no part is a word in the range that is ranked.
        ranked = f"AND(COUNT({counted})=1,{self._at(TAKES, row)}=1)"
        word = quoted(absent or "未提供")
        rank = f"IF({ranked},{self._rank(row)},{word})"
        sheet.formula(row, RANK, rank, absent if place.rank is None else float(place.rank), _RANKS)
        tied = f'IF({ranked},IF(COUNTIFS({self._range(COUNTS)},{counted},{self._range(TAKES)},1)>1,"并列",""),"")'
        sheet.formula(row, TIED, tied, "并列" if place.tied else "")
        sheet.formula(row, GRADE, *rules.grade(SheetCell("", COUNTS, row), place.grade, missing or "未提供"))
        above = f"{self._at(COUNTS, _FIRST, fixed=True)}:{counted}"
        takes = f"{self._at(TAKES, _FIRST, fixed=True)}:{self._at(TAKES, row)}"
        first = number is not None and not place.excluded and number not in seen
        if first and number is not None:
            seen.add(number)
        sheet.formula(
            row,
            FIRST_OF,
            f"IF({ranked},IF(COUNTIFS({above},{counted},{takes},1)=1,1,0),0)",
            float(first),
            "0",
            font_color=QUIET,
        )
        if place.mode:
            sheet.text(row, MODE, place.mode)
            sheet.number(row, MODE_NUMBER, modes[place.mode], "0", font_color=QUIET)
            within = f"IF({ranked},{self._rank(row, within=True)},{word})"
            value: Cached = absent if place.rank_in_mode is None else float(place.rank_in_mode)
            sheet.formula(row, MODE_RANK, within, value, _RANKS)
        sheet.formula(row, ORDER, self._order(row, ranked), order, "0", font_color=QUIET)
        sheet.text(row, NOTE, "；".join(part for part in (place.note, place.reason) if part))

    def _rank(self, row: int, *, within: bool = False) -> str:
        """The rank of a row among those that take part, of its own mode of evaluation or of all."""
        counted = self._at(COUNTS, row)
        also = f",{self._range(TAKES)},1"
        upto = f",{self._at(TAKES, _FIRST, fixed=True)}:{self._at(TAKES, row)},1"
        if within:
            also += f",{self._range(MODE_NUMBER)},{self._at(MODE_NUMBER, row)}"
            upto += f",{self._at(MODE_NUMBER, _FIRST, fixed=True)}:{self._at(MODE_NUMBER, row)},{self._at(MODE_NUMBER, row)}"
        higher = f'COUNTIFS({self._range(COUNTS)},">"&{counted}{also})'
        match self._ranking.ties:
            case "dense" if not within:
                return f'1+SUMIF({self._range(COUNTS)},">"&{counted},{self._range(FIRST_OF)})'
            case "dense":
                # Each score above counts once: as 1 ÷ its number, over those of the mode that take part.
                mine = f"({self._range(TAKES)}=1)*({self._range(MODE_NUMBER)}={self._at(MODE_NUMBER, row)})"
                times = f"COUNTIFS({self._range(COUNTS)},{self._range(COUNTS)}{also})"
                bigger = f"ISNUMBER({self._range(COUNTS)})*({self._range(COUNTS)}>{counted})"
                return f"1+ROUND(SUMPRODUCT({mine}*{bigger}/({times}+({times}=0))),0)"
            case "average":
                return f"{higher}+(COUNTIFS({self._range(COUNTS)},{counted}{also})+1)/2"
            case "consecutive":
                above = f"{self._at(COUNTS, _FIRST, fixed=True)}:{counted}"
                return f"{higher}+COUNTIFS({above},{counted}{upto})"
        return f"1+{higher}"

    def _order(self, row: int, ranked: str) -> str:
        """The place of a row in the list by rank: ties in the source's order, those without a rank last."""
        counted, takes = self._at(COUNTS, row), self._range(TAKES)
        higher = f'COUNTIFS({self._range(COUNTS)},">"&{counted},{takes},1)'
        above = f"{self._at(COUNTS, _FIRST, fixed=True)}:{counted}"
        upto = f"{self._at(TAKES, _FIRST, fixed=True)}:{self._at(TAKES, row)}"
        ranks = self._range(RANK)
        before = f"{self._at(RANK, _FIRST, fixed=True)}:{self._at(RANK, row)}"
        last = f"COUNT({ranks})+ROWS({before})-COUNT({before})"
        return f"IF({ranked},{higher}+COUNTIFS({above},{counted},{upto},1),{last})"

    def _listed(self, book: Book, name: str) -> None:
        sheet = book.sheet(name, "按名次排列", f"引用“{self.name}”；得分改动后次序随之变化。")
        sheet.heads("县区", "名次", "得分（分）", "等级", "并列", "次序")
        columns = ((NAME, 1, ""), (RANK, 2, _RANKS), (COUNTS, 3, "#,##0.00"), (GRADE, 4, ""), (TIED, 5, ""))
        order = self._range(ORDER, outside=True)
        for number, place in enumerate(self._ranking.ranked, 1):
            row = _FIRST + number - 1
            sheet.number(row, 6, number, "0", font_color=QUIET)
            values = self._values(place)
            for column, at, form in columns:
                formula = f"INDEX({self._range(column, outside=True)},MATCH($F{row},{order},0))"
                sheet.formula(row, at, formula, values[column], form or "General")
        ranked = sum(place.rank is not None for place in self._ranking.places)
        if ranked:
            bars(sheet, "县区得分（按名次）", _FIRST, ranked, (3,), unit="得分（分）", beside=8)

    def _values(self, place: Place) -> dict[int, Cached]:
        content = place.content
        missing = content.label if isinstance(content, Missing) else ""
        return {
            NAME: place.district,
            RANK: ("不参与排名" if place.excluded else missing) if place.rank is None else float(place.rank),
            COUNTS: missing if isinstance(content, Missing) else float(content.value),
            GRADE: place.grade.label if place.grade else missing or "未提供",
            TIED: "并列" if place.tied else "",
        }

    def _sum(self, place: Place) -> str | None:
        """The score of a district whose indicators stand in columns: their sum."""
        indicators = self._evaluation.indicators
        if indicators is None:
            return None
        table = indicators.table
        record = next((r for r in table.records() if table.text(r, "district") == place.district), None)
        if record is None:
            return None
        parts: list[Given] = [table.given_in(record, column) for column in indicators.columns]
        return spreadsheet_of(total(parts), self._cells, Missing.UNSCORED.label)

    def _at(self, column: int, row: int, *, fixed: bool = False) -> str:
        letter = chr(ord("A") + column - 1)
        return f"${letter}${row}" if fixed else f"{letter}{row}"

    def _range(self, column: int, *, outside: bool = False) -> str:
        letter = chr(ord("A") + column - 1)
        prefix = f"'{self.name}'!" if outside else ""
        return f"{prefix}${letter}${_FIRST}:${letter}${self._last}"


_RANKS = "General"
