"""A page: its head, its numbered sections, what it left out, and the appendix that its figures lead to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from markupsafe import Markup

from wenxiao.display.appendix import Appendix
from wenxiao.display.blocks import Block, Group, Paragraph, sentence
from wenxiao.display.chart import with_data_once
from wenxiao.display.facts import report_kind, year_of
from wenxiao.display.findings import FindingsList, findings_about
from wenxiao.display.lines import Line, Lines
from wenxiao.display.outline import anchor, heading, numeral
from wenxiao.display.output import Output, style
from wenxiao.display.release import for_audience
from wenxiao.display.rendering import Rendering
from wenxiao.display.values import block_of
from wenxiao.evaluation import Evaluation, audience_of
from wenxiao.model import Expression, Finding, Given, Measure


def display(output: Output) -> None:
    """Shows an output beneath the cell that runs."""
    from IPython import display as ipython  # noqa: PLC0415 - only pages need it

    ipython.display(output)  # type: ignore[no-untyped-call] # IPython ships no types for it


@runtime_checkable
class Content(Protocol):
    """A content of a report as `wenxiao.contents` declares it."""

    @property
    def optional(self) -> bool:
        """Whether nobody misses it where there is no data."""
        ...

    def on_page(self, evaluations: Sequence[Evaluation], district: str) -> tuple[str, Iterator[Block]]:
        """Its heading and its blocks."""
        ...


class Page:
    """The page of one report over one evaluation, or several.

    Sections are numbered as they come; one whose blocks are all empty is left out, takes no number and is remembered.
    Showing a section again keeps its number, so that a cell may be run twice. An edition for release (`audience`)
    leaves out what is internal: findings, corrections; of a page on one `district`, unless the others gave their
    `consent`, also whatever would name them.
    """

    def __init__(
        self,
        *evaluations: Evaluation,
        district: str = "",
        title: str = "",
        kind: str = "",
        audience: str = "internal",
        edition: str = "",
        consent: bool = False,
    ) -> None:
        self.evaluations, self.district = evaluations, district
        first = evaluations[0]
        self.title = title or district or first.project.title
        self.report_kind = report_kind(first.project) if len(evaluations) == 1 else ""
        self.kind = kind or (district and first.project.title) or self.report_kind or "绩效评价报告"
        self.audience = audience_of(evaluations, audience, district, consent)
        self.edition = edition
        self._lines = Lines(joined=True)
        self._projects = {
            id(measure): each.project.title
            for each in evaluations
            if len(evaluations) > 1
            for measure in each.measures.values()
        }
        read = set(first.project.findings)
        alone = len(evaluations) == 1
        self._findings = tuple(f for f in first.findings if f not in read) if alone else ()
        self._placed: dict[Finding, str] = {}
        self._sections: dict[str, int] = {}
        self._parts: dict[tuple[str, str], int] = {}
        self._captions: dict[tuple[str, str, str], int] = {}
        self._outputs: dict[str, int] = {}
        self._left: dict[str, dict[str, None]] = {}
        self._opened: dict[str, str] = {}
        self._section = ""

    def head(self) -> None:
        """Shows the stylesheet (for the notebook) and the title with its quiet line."""
        first = self.evaluations[0]
        inputs = sum(len(each.project.inputs) for each in self.evaluations)
        facts = [year_of(first.project) if len(self.evaluations) == 1 else f"{len(self.evaluations)} 个项目"]
        facts += [f"评价规则 {first.profile.title}", f"{inputs} 个文件"]
        line = " · ".join(fact for fact in facts if fact)
        html = Markup(
            '<div class="wx wx-head"><h1>{} <span class="wx-kind">{}</span></h1>'
            '<p class="wx-quiet">{}{}</p></div>'
        ).format(self.title, self.kind, line, self._mark())
        _show(style())
        _show(Output(html, f"{self.title}　{self.kind}\n{line}　{self.edition}"))

    def summary(self, *blocks: object) -> None:
        """Shows the strip of figures and the lines below it."""
        shown = self._kept(blocks)
        if shown:
            self._render(Group(shown), "summary")

    def section(self, title: str, *blocks: object) -> None:
        """Begins a section of the outline with values and contents; without anything to show it waits for its first part."""
        self._section = title
        self._left.setdefault(title, {})
        shown = self._kept(blocks)
        if shown:
            self._body(title, (self._heading_of_section(), *shown))

    def part(self, title: str | Content, *blocks: object, optional: bool = False) -> None:
        """A part of the section begun last, numbered （一）, （二）; left out and remembered without anything to show.

        It shows values and contents; a content in place of the title gives its own. An `optional` one is there only where a
        rule asks for it, and nobody misses it otherwise.
        """
        if isinstance(title, Content):
            blocks, optional = (title, *blocks), title.optional
            title, _ = title.on_page(self.evaluations, self.district)
        given = self._given(blocks)
        shown = self._kept(given)
        if not shown:
            if not optional and not given:
                self._left.setdefault(self._section, {})[title] = None
            return
        opens = self._opened.setdefault(self._section, title if self._section not in self._sections else "")
        headings = (self._heading_of_section(),) if opens == title else ()
        self._left.setdefault(self._section, {}).pop(title, None)
        self._body(f"{self._section}/{title}", (*headings, self._heading_of_part(title), *shown))

    def left_out(self) -> Paragraph | None:
        """The sections and parts left out because the data was not given; None where nothing was."""
        titles: list[str] = []
        for section, parts in self._left.items():
            if section not in self._sections and section != self._section:
                titles.append(heading(section, self.report_kind))
            else:
                titles += parts
        if not titles:
            return None
        return sentence("以下内容因资料未提供而未列：", "、".join(titles), "。")

    def appendix(self) -> None:
        """Shows 附 计算底稿."""
        if not self._lines:
            return
        self._render(Group((_HeadingBlock(2, "appendix", "附　计算底稿"), Appendix(self._lines))), "appendix")

    def _mark(self) -> Markup:
        names = [self.edition, "公开" if self.audience.release else "内部使用"]
        return Markup("").join(Markup(' <span class="wx-mark">{}</span>').format(n) for n in names if n)

    def _heading_of_section(self) -> _HeadingBlock:
        number = self._sections.setdefault(self._section, len(self._sections) + 1)
        title = heading(self._section, self.report_kind)
        return _HeadingBlock(2, anchor(self._section), f"{numeral(number)}、{title}")

    def _heading_of_part(self, title: str) -> _HeadingBlock:
        earlier = sum(section == self._section for section, _ in self._parts)
        number = self._parts.setdefault((self._section, title), earlier + 1)
        return _HeadingBlock(3, anchor(f"{self._section}/{title}"), f"（{numeral(number)}）{title}")

    def _given(self, values: Iterable[object]) -> tuple[Block, ...]:
        """The blocks of values and contents, whoever reads them."""
        blocks: list[Block] = []
        for each in values:
            if isinstance(each, Content):
                blocks += each.on_page(self.evaluations, self.district)[1]
            elif (block := block_of(each)) is not None:
                blocks.append(block)
        return tuple(blocks)

    def _kept(self, values: Iterable[object]) -> tuple[Block, ...]:
        """What the readers may see."""
        given = self._given(values)
        kept = [cut for block in given if (cut := for_audience(block, self.audience)) is not None]
        return with_data_once(kept)

    def _body(self, key: str, blocks: tuple[Block, ...]) -> None:
        listed = any(isinstance(block, FindingsList) for block in blocks)
        if not listed and self.audience.sees_findings:
            blocks = (*blocks, *self._beside(key, blocks))
        self._render(Group(blocks), key)

    def _beside(self, key: str, blocks: tuple[Block, ...]) -> tuple[Block, ...]:
        """The findings that concern what is shown, each where it comes up first.

        Remarks on reading stand in the full list only, and so does everything on a page of several projects.
        """
        found = findings_about(self._findings, (figure for block in blocks for figure in block.figures()))
        here = tuple(finding for finding in found if self._placed.setdefault(finding, key) == key)
        return (FindingsList(here, brief=True),) if here else ()

    def _render(self, block: Block, key: str) -> None:
        number = self._outputs.setdefault(key, len(self._outputs) + 1)
        rendering = Rendering(
            prefix=f"f{number}",
            line=self._line,
            elsewhere=self._elsewhere,
            number=lambda kind, title: self._caption(kind, key, title),
            withheld=self.audience.withholds,
        )
        body = block.html(rendering)
        html = Markup('<div class="wx">{}{}</div>').format(body, rendering.popovers())
        _show(Output(html, block.text()))

    def _line(self, figure: Measure | Given) -> Line | None:
        """The line of 计算底稿 of a figure that is shown; it keeps the one it got first."""
        return self._lines.add(figure, self._project(figure)) if _known(figure) else None

    def _elsewhere(self, part: Expression) -> str:
        line = self._lines.told(part) if len(self.evaluations) == 1 else None
        return f"（底稿第 {line.number} 行）" if line else ""

    def _project(self, figure: Measure | Given) -> str:
        """The project of a figure on a page of several, whose files and figures may be alike; else ''."""
        return self._projects.get(id(figure), "")

    def _caption(self, kind: str, key: str, title: str) -> str:
        same = sum(known[0] == kind for known in self._captions)
        return f"{kind} {self._captions.setdefault((kind, key, title), same + 1)}"


@dataclass(frozen=True)
class _HeadingBlock:
    """A heading as a block."""

    level: int
    anchor: str
    words: str
    internal: bool = False

    def html(self, rendering: Rendering) -> Markup:
        del rendering
        return Markup('<h{} id="{}">{}</h{}>').format(self.level, self.anchor, self.words, self.level)

    def text(self) -> str:
        return self.words

    def figures(self) -> Iterator[Measure | Given]:
        return iter(())


def _known(figure: Measure | Given) -> bool:
    """Whether a figure has a value, or a cell that says why there is none."""
    if isinstance(figure, Given):
        return figure.cell is not None
    return figure.number is not None or any(given.cell for given in figure.inputs)


def _show(output: Output) -> None:
    display(output)
