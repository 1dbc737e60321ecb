"""名次: every district's score, rank and grade as formulas, after the policy on ties; the list by rank with its chart."""

from __future__ import annotations

from fractions import Fraction

from wenxiao.display import district_word
from wenxiao.evaluation import Evaluation, Place, Ranking
from wenxiao.model import Given, Missing, SheetCell, column_letters, total
from wenxiao.model.spreadsheet import NOISE, quoted, spreadsheet_of
from wenxiao.model.units import POINTS
from wenxiao.reports.working_paper.book import QUIET, Book, Cached, Sheet
from wenxiao.reports.working_paper.cells import Cells
from wenxiao.reports.working_paper.charts import bars, drawable
from wenxiao.reports.working_paper.rules import TIES, Rules
from wenxiao.reports.working_paper.text import number_format

_FIRST = 5
_GENERAL = "General"
_NAME, _SCORE, _COUNTS, _RANK, _TIED, _GRADE, _NOTE, _TAKES, _ORDER = range(1, 10)
_HEADS = (
    "得分（分）",
    "计入排名的得分（分）",
    "名次",
    "并列",
    "等级",
    "备注",
    "参与排名（1 是 0 否）",
    "排列次序",
)
_MODE, _MODE_RANK, _MODE_NUMBER = 10, 11, 12
_MODE_HEADS = ("评价方式", "同方式内名次", "评价方式编号")


class RankingSheet:
    """The ranking of one project; made before anything is written, because other formulas refer to its scores."""

    def __init__(self, name: str, evaluation: Evaluation, ranking: Ranking, cells: Cells) -> None:
        self.name, self._evaluation, self._ranking, self._cells = name, evaluation, ranking, cells
        self._word = district_word(evaluation.project)
        self._last = _FIRST + len(ranking.places) - 1
        self._modes = {mode: number for number, mode in enumerate(ranking.modes, 1)}
        self._first_of = 13 if self._modes else 10
        self._sums: dict[str, str | None] = {}
        for row, place in enumerate(ranking.places, _FIRST):
            if place.score.cell is None and place.score.quantity is not None:
                self._sums[place.district] = self._sum(place)
                cells.stand(place.score, SheetCell(name, _SCORE, row))

    def write(self, book: Book, rules: Rules, listed: str) -> None:
        """The sheet in the source's order, then, as `listed`, the list by rank with the chart."""
        ranking = self._ranking
        about = f"{TIES[ranking.ties]}。名次、等级按未经四舍五入的得分；灰色各列供公式使用。"
        sheet = book.sheet(self.name, f"{self._word}名次", about)
        dense = ("同分中的第一个",) if ranking.ties == "dense" else ()
        sheet.heads(self._word, *_HEADS, *(_MODE_HEADS if self._modes else ()), *dense)
        order = {id(place): number for number, place in enumerate(ranking.ranked, 1)}
        seen: set[Fraction] = set()
        for row, place in enumerate(ranking.places, _FIRST):
            self._line(sheet, row, place, rules, order[id(place)])
            if dense:
                self._dense(sheet, row, place, seen)
        self._listed(book, listed)

    def _line(self, sheet: Sheet, row: int, place: Place, rules: Rules, order: int) -> None:
        content, score = place.content, place.score
        missing = content.label if isinstance(content, Missing) else ""
        form = number_format(POINTS, score.quantity.places if score.quantity else 2)
        sheet.text(row, _NAME, place.district, bold=True)
        given: Cached = float(score.quantity.value) if score.quantity else score.text
        formula = self._sums.get(place.district) or spreadsheet_of(score, self._cells, missing or _NONE)
        sheet.formula(row, _SCORE, formula, given, form)
        # Binary fractions of equal scores may differ in their last bit; rounded, they are equal.
        counts = self._cells.line(place.adjusted) if place.adjusted else self._at(_SCORE, row)
        rounded = f"IF(COUNT({counts})=1,ROUND({counts},{NOISE}),{quoted(missing or _NONE)})"
        counted: Cached = missing if isinstance(content, Missing) else float(content.value)
        sheet.formula(row, _COUNTS, rounded, counted, form, font_color=QUIET)
        sheet.number(row, _TAKES, 0 if place.excluded else 1, "0", font_color=QUIET)
        ranked, absent = self._ranked(row), place.absent or missing
        word = quoted(absent or _NONE)
        rank: Cached = absent if place.rank is None else float(place.rank)
        sheet.formula(row, _RANK, f"IF({ranked},{self._rank(row)},{word})", rank, bold=True)
        same = f"COUNTIFS({self._range(_COUNTS)},{self._at(_COUNTS, row)},{self._range(_TAKES)},1)"
        tied = f'IF({ranked},IF({same}>1,"并列",""),"")'
        sheet.formula(row, _TIED, tied, "并列" if place.tied else "", words=True)
        grade, label = rules.grade(SheetCell("", _COUNTS, row), place.grade, missing or _NONE)
        sheet.formula(row, _GRADE, grade, label, words=True)
        sheet.text(row, _NOTE, "；".join(part for part in (place.note, place.reason) if part))
        sheet.formula(row, _ORDER, self._order(row), order, "0", font_color=QUIET)
        if place.mode:
            sheet.text(row, _MODE, place.mode)
            sheet.number(row, _MODE_NUMBER, self._modes[place.mode], "0", font_color=QUIET)
            within = f"IF({ranked},{self._rank(row, within=True)},{word})"
            value: Cached = absent if place.rank_in_mode is None else float(place.rank_in_mode)
            sheet.formula(row, _MODE_RANK, within, value)

    def _dense(self, sheet: Sheet, row: int, place: Place, seen: set[Fraction]) -> None:
        """Whether a score is the first of its value: dense ranks count each value once."""
        content = place.content
        number = None if isinstance(content, Missing) or place.excluded else Fraction(content.value)
        first = number is not None and number not in seen
        if number is not None:
            seen.add(number)
        above = f"COUNTIFS({self._above(_COUNTS, row)},{self._at(_COUNTS, row)},{self._above(_TAKES, row)},1)"
        formula = f"IF({self._ranked(row)},IF({above}=1,1,0),0)"
        sheet.formula(row, self._first_of, formula, int(first), "0", font_color=QUIET)

    def _ranked(self, row: int) -> str:
        """Whether a row takes part: it has a score and is not excluded."""
        return f"AND(COUNT({self._at(_COUNTS, row)})=1,{self._at(_TAKES, row)}=1)"

    def _rank(self, row: int, *, within: bool = False) -> str:
        """The rank of a row among those that take part, of its own mode of evaluation or of all."""
        counts, counted = self._range(_COUNTS), self._at(_COUNTS, row)
        also = f",{self._range(_TAKES)},1"
        upto = f",{self._above(_TAKES, row)},1"
        if within:
            mode = self._at(_MODE_NUMBER, row)
            also += f",{self._range(_MODE_NUMBER)},{mode}"
            upto += f",{self._above(_MODE_NUMBER, row)},{mode}"
        higher = f'COUNTIFS({counts},">"&{counted}{also})'
        match self._ranking.ties:
            case "dense" if within:
                # Each score above counts once: as 1 ÷ its number, over those of the mode that take part.
                mine = (
                    f"({self._range(_TAKES)}=1)*({self._range(_MODE_NUMBER)}={self._at(_MODE_NUMBER, row)})"
                )
                bigger = f"ISNUMBER({counts})*({counts}>{counted})"
                times = f"COUNTIFS({counts},{counts}{also})"
                return f"1+ROUND(SUMPRODUCT({mine}*{bigger}/({times}+({times}=0))),0)"
            case "dense":
                return f'1+SUMIF({counts},">"&{counted},{self._range(self._first_of)})'
            case "average":
                return f"{higher}+(COUNTIFS({counts},{counted}{also})+1)/2"
            case "consecutive":
                return f"{higher}+COUNTIFS({self._above(_COUNTS, row)},{counted}{upto})"
        return f"1+{higher}"

    def _order(self, row: int) -> str:
        """The place of a row in the list by rank: ties in the source's order, those without a rank last."""
        counted = self._at(_COUNTS, row)
        higher = f'COUNTIFS({self._range(_COUNTS)},">"&{counted},{self._range(_TAKES)},1)'
        equal = f"COUNTIFS({self._above(_COUNTS, row)},{counted},{self._above(_TAKES, row)},1)"
        before = self._above(_RANK, row)
        last = f"COUNT({self._range(_RANK)})+ROWS({before})-COUNT({before})"
        return f"IF({self._ranked(row)},{higher}+{equal},{last})"

    def _listed(self, book: Book, name: str) -> None:
        sheet = book.sheet(name, "按名次排列", f"引用“{self.name}”；得分改动后次序随之变化。")
        sheet.heads(self._word, "名次", "计入排名的得分（分）", "等级", "并列", "次序")
        columns = ((_NAME, 1), (_RANK, 2), (_COUNTS, 3), (_GRADE, 4), (_TIED, 5))
        order = self._range(_ORDER, outside=True)
        for row, place in enumerate(self._ranking.ranked, _FIRST):
            sheet.number(row, 6, row - _FIRST + 1, "0", font_color=QUIET)
            values = _values(place)
            for column, at in columns:
                formula = f"INDEX({self._range(column, outside=True)},MATCH($F{row},{order},0))"
                form = "#,##0.00" if column == _COUNTS else _GENERAL
                sheet.formula(row, at, formula, values[column], form, words=column in _WORDS)
        ranked = sum(place.rank is not None for place in self._ranking.places)
        if ranked and drawable(place.district for place in self._ranking.places):
            bars(sheet, f"{self._word}得分（按名次）", _FIRST, ranked, (3,), unit="得分（分）", beside=8)

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

    def _at(self, column: int, row: int) -> str:
        return f"{column_letters(column)}{row}"

    def _above(self, column: int, row: int) -> str:
        """The cells of a column from the first row to this one."""
        return f"${column_letters(column)}${_FIRST}:{column_letters(column)}{row}"

    def _range(self, column: int, *, outside: bool = False) -> str:
        letter = column_letters(column)
        prefix = f"'{self.name}'!" if outside else ""
        return f"{prefix}${letter}${_FIRST}:${letter}${self._last}"


_WORDS = frozenset((_NAME, _GRADE, _TIED))
_NONE = Missing.NOT_PROVIDED.label


def _values(place: Place) -> dict[int, Cached]:
    content = place.content
    missing = content.label if isinstance(content, Missing) else ""
    absent = place.absent or missing
    return {
        _NAME: place.district,
        _RANK: absent if place.rank is None else float(place.rank),
        _COUNTS: missing if isinstance(content, Missing) else float(content.value),
        _GRADE: place.grade.label if place.grade else missing or _NONE,
        _TIED: "并列" if place.tied else "",
    }
