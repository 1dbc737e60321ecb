"""One output being rendered: its ids, the numbers of its captions, and the popovers of its figures."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import pairwise

from markupsafe import Markup, escape

from wenxiao.display.inline import (
    GradeWord,
    Inline,
    Link,
    Phrase,
    Plain,
    Quiet,
    Shade,
    bare,
    beside,
    flattened,
)
from wenxiao.display.lines import Line, Lines
from wenxiao.display.popover import popover
from wenxiao.display.trace import nowhere
from wenxiao.model import Expression, Given, Measure, Missing

GRADE_CLASSES = {"优": "wx-you", "良": "wx-liang", "中": "wx-zhong", "差": "wx-cha"}
LIGHT_CLASSES = {
    "绿灯": "wx-you",
    "蓝灯": "wx-liang",
    "黄灯": "wx-zhong",
    "预警": "wx-zhong",
    "红灯": "wx-cha",
}
_CLOSING = frozenset("，。、；：！？）”’》〉」』】％%)")


def open_to_all(figure: Measure | Given) -> bool:
    """Nothing is withheld, for a value shown by itself and for an internal edition."""
    del figure
    return False


def no_line(figure: Measure | Given) -> Line | None:
    """No line of 计算底稿, for a value shown by itself."""
    del figure
    return None


def no_numbers(kind: str, title: str) -> str:
    """No caption number, for a value shown by itself."""
    del kind, title
    return ""


@dataclass
class Rendering:
    """Renders the parts of one output; every id in it starts with `prefix`, so outputs never share one.

    A figure opens a popover that stands at the end of the same output, once for each figure however often it occurs:
    an output shown again, or alone, keeps its own. `line` finds a figure's line of 计算底稿, `elsewhere` says where a part of
    a formula is told of, `number` gives a caption its number (表 1). A figure that is `withheld` does not open: an edition for release must not name what it rests on.
    """

    prefix: str = "wx"
    line: Callable[[Measure | Given], Line | None] = no_line
    elsewhere: Callable[[Expression], str] = nowhere
    number: Callable[[str, str], str] = no_numbers
    withheld: Callable[[Measure | Given], bool] = open_to_all
    _told: Lines = field(default_factory=Lines)
    _line_of: dict[int, Line | None] = field(default_factory=dict)

    def inline(self, part: Inline) -> Markup:
        """The HTML of a part of a line."""
        match part:
            case str() as text:
                return escape(text)
            case Measure() as measure:
                return self.figure(measure, measure.text_with_unit) + _beside(measure)
            case Given() as given:
                return self.figure(given, given.text) + _beside(given)
            case Plain(figure=figure):
                return self.figure(figure, bare(figure)) + _beside(figure)
            case GradeWord(label=label):
                return Markup('<span class="wx-grade {}">{}</span>').format(grade_class(label), label)
            case Quiet(text=text):
                return Markup('<span class="wx-quiet">{}</span>').format(text)
            case Link(text=text, href=href):
                return Markup('<a href="{}">{}</a>').format(href, text)
            case Shade(text=text, step=step, column=column):
                line = None if column is None or self.withheld(column) else self.line(column)
                if line is None:
                    return Markup('<span class="s{}">{}</span>').format(step, text)
                return Markup('<a class="s{}" href="#{}">{}</a>').format(step, line.anchor, text)
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
        if self.withheld(figure):
            return Markup("<span{}>{}</span>").format(style, text) if style else escape(text)
        line = self.line(figure)
        told = self._told.add(figure, line.project if line else "")
        if told is None:
            return Markup("<span{}>{}</span>").format(style, text) if style else escape(text)
        self._line_of[told.number] = line
        # No class: a page has hundreds of figures, and what opens something is known by that.
        return Markup(
            f'<button{style} popovertarget="{escape(self.prefix)}-{told.number}">{escape(text)}</button>'
        )

    def popovers(self) -> Markup:
        """The popovers of all figures rendered so far; to stand once at the end of the output."""
        if not self._told:
            return Markup("")
        shown = (
            popover(f"{self.prefix}-{told.number}", each, self._line_of[told.number], self.elsewhere)
            for told, each in self._told
        )
        return Markup('<div class="wx-traces">{}</div>').format(Markup("").join(shown))


def grade_class(label: str) -> str:
    """The class that colours a grade or a light; none for a label of another scale."""
    return (GRADE_CLASSES | LIGHT_CLASSES).get(label, "")


def _beside(figure: Measure | Given) -> Markup:
    said = beside(figure)
    return Markup('<span class="wx-quiet">{}</span>').format(said) if said else Markup("")
