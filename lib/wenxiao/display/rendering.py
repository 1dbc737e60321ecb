"""One output being rendered: its ids, the numbers of its captions, and the popovers of its figures."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from itertools import groupby, pairwise

from markupsafe import Markup, escape

from wenxiao.display.cells import addresses, sheet_name
from wenxiao.display.inline import (
    GradeWord,
    Inline,
    Phrase,
    Plain,
    Quiet,
    Shade,
    bare,
    flattened,
    plain_text,
)
from wenxiao.model import Count, Given, Measure, Missing, Standing

GRADE_CLASSES = {"优": "wx-you", "良": "wx-liang", "中": "wx-zhong", "差": "wx-cha"}
_INPUTS_SHOWN = 6
_Row = tuple[str, list[str]]
"""What a popover says under one term: plain text, or Markup."""
_CLOSING = frozenset("，。、；：！？）”’》〉」』】％%)")


@dataclass(frozen=True)
class Line:
    """A line of 计算底稿: its number in the document, and the part of the document's appendix it stands in."""

    number: int
    group: str = ""

    @property
    def anchor(self) -> str:
        """The id of the line."""
        return f"l{self.number}"


def open_to_all(figure: Measure | Given) -> bool:
    """Nothing is withheld, for a value shown by itself and for an internal edition."""
    del figure
    return False


def no_numbers(kind: str, title: str) -> str:
    """No caption number, for a value shown by itself."""
    del kind, title
    return ""


@dataclass
class Rendering:
    """Renders the parts of one output; every id in it starts with `prefix`, so outputs never share one.

    A figure opens a popover that stands at the end of the same output, once for each figure however often it occurs:
    an output shown again, or alone, keeps its own. `lines` finds a measure's line of 计算底稿, `number` gives a caption
    its number (表 1). A figure that is `withheld` does not open: an edition for release must not name what it rests on.
    """

    prefix: str = "wx"
    lines: Mapping[Measure, Line] = field(default_factory=dict)
    number: Callable[[str, str], str] = no_numbers
    withheld: Callable[[Measure | Given], bool] = open_to_all
    _popovers: dict[Measure | Given, str] = field(default_factory=dict)

    def inline(self, part: Inline) -> Markup:
        """The HTML of a part of a line."""
        match part:
            case str() as text:
                return escape(text)
            case Measure() as measure:
                return self.figure(measure, measure.text_with_unit)
            case Given() as given:
                return self.figure(given, given.text)
            case Plain(figure=figure):
                return self.figure(figure, bare(figure))
            case GradeWord(label=label):
                return Markup('<span class="wx-grade {}">{}</span>').format(grade_class(label), label)
            case Quiet(text=text):
                return Markup('<span class="wx-quiet">{}</span>').format(text)
            case Shade(text=text, step=step, column=column):
                line = self.lines.get(column) if self.lines and column is not None else None
                if line is None:
                    return Markup('<span class="wx-shade wx-s{}">{}</span>').format(step, text)
                return Markup('<a class="wx-shade wx-s{}" href="#{}">{}</a>').format(step, line.anchor, text)
            case Phrase(parts=parts):
                return self._row(parts)

    def _row(self, parts: tuple[Inline, ...]) -> Markup:
        """Parts in a row. A mark that ends a clause stays with the figure before it, where a browser would part them."""
        done: list[Markup] = []
        kept = ""
        for part, after in pairwise([*flattened(parts), ""]):
            if isinstance(part, str):
                done.append(escape(part.removeprefix(kept)))
                kept = ""
                continue
            kept = after[0] if isinstance(after, str) and after[:1] in _CLOSING else ""
            html = self.inline(part)
            done.append(Markup('<span class="wx-whole">{}{}</span>').format(html, kept) if kept else html)
        return Markup("").join(done)

    def figure(self, figure: Measure | Given, text: str) -> Markup:
        """A number with a dotted underline that opens its popover; a missing one is its word in second ink."""
        missing = figure.value if isinstance(figure, Measure) else figure.content
        style = Markup(' class="wx-missing"') if isinstance(missing, Missing) else ""
        if (isinstance(figure, Given) and figure.cell is None) or self.withheld(figure):
            return Markup("<span{}>{}</span>").format(style, text) if style else escape(text)
        name = self._popovers.setdefault(figure, f"{self.prefix}-{len(self._popovers) + 1}")
        # No class: a page has hundreds of figures, and what opens something is known by that.
        return Markup('<button{} popovertarget="{}">{}</button>').format(style, name, text)

    def popovers(self) -> Markup:
        """The popovers of all figures rendered so far; to stand once at the end of the output."""
        if not self._popovers:
            return Markup("")
        shown = (self._popover(name, figure) for figure, name in self._popovers.items())
        return Markup('<div class="wx-traces">{}</div>').format(Markup("").join(shown))

    def _popover(self, name: str, figure: Measure | Given) -> Markup:
        rows = given_rows(figure) if isinstance(figure, Given) else measure_rows(figure)
        entries = Markup("").join(
            Markup("<dt>{}</dt><dd>{}</dd>").format(term, Markup("</dd><dd>").join(texts))
            for term, texts in rows
        )
        return Markup('<div popover id="{}"><p><b>{}</b>{}</p><dl>{}</dl>{}</div>').format(
            name, title_of(figure), plain_text(figure), entries, self._link(figure)
        )

    def _link(self, figure: Measure | Given) -> Markup:
        line = self.lines.get(figure) if isinstance(figure, Measure) else None
        if line is None:
            return Markup("")
        return Markup('<a href="#{}">底稿第 {} 行</a>').format(line.anchor, line.number)


def grade_class(label: str) -> str:
    """The class that colours a grade; none for a label of another scale."""
    return GRADE_CLASSES.get(label, "")


def title_of(figure: Measure | Given) -> str:
    """What a figure is called: its subject and label, or the label of its cell."""
    if isinstance(figure, Given):
        return figure.label
    return f"{figure.subject} · {figure.label}" if figure.subject else figure.label


def in_short(measure: Measure, words: str) -> str:
    """The formula of a measure, or an input's name, without the subject that its title gives, where all inputs are of it.

    In 甲县 · 执行率 the formula is 支出 ÷ 预算, not 甲县支出 ÷ 甲县预算.
    """
    whose = measure.subject
    own = bool(whose) and all(
        given.label.startswith(whose) and given.label != whose for given in measure.inputs
    )
    return words.replace(whose, "") if own else words


def given_rows(given: Given) -> list[_Row]:
    """What a popover says of a figure that stands in a cell."""
    rows: list[_Row] = [("单元格", [addresses([given.cell] if given.cell else [])])]
    if given.raw and not given.text.replace(",", "").startswith(given.raw.replace(",", "")):
        rows.append(("原数", [given.raw]))
    if given.quantity is not None and given.quantity.inferred:
        rows.append(("位数", ["按同列最小位数推定"]))
    return rows


def measure_rows(measure: Measure) -> list[_Row]:
    """What a popover says of a measure: basis, formula, inputs with cells, and under which condition it holds."""
    rows: list[_Row] = []
    if measure.basis:
        rows.append(("口径", [measure.basis]))
    if isinstance(measure.expression, Given):
        rows += given_rows(measure.expression) if measure.expression.cell else []
    else:
        rows.append(("公式", [in_short(measure, measure.formula)]))
        if measure.inputs:
            rows.append(("数据", _inputs(measure)))
    if measure.standing is not Standing.COMPUTED:
        rows.append(("性质", [measure.standing.value]))
    if measure.condition:
        rows.append(("条件", [measure.condition]))
    return rows


def _inputs(measure: Measure) -> list[str]:
    if isinstance(measure.expression, Count):
        return [addresses(measure.expression.cells)]
    items: list[str] = []
    # The file and sheet of neighbours stands once: a page has hundreds of popovers.
    for sheet, group in groupby(
        measure.inputs[:_INPUTS_SHOWN],
        key=lambda given: (given.cell.file, given.cell.sheet) if given.cell else None,
    ):
        if sheet:
            items.append(Markup("<small>{}</small>").format(sheet_name(*sheet)))
        for given in group:
            address = Markup(" <small>{}</small>").format(given.cell.address) if given.cell else ""
            items.append(Markup("{} {}{}").format(in_short(measure, given.label), given.text, address))
    rest = len(measure.inputs) - _INPUTS_SHOWN
    return [*items, f"另有 {rest} 项，见计算底稿"] if rest > 0 else items
