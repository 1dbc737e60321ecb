"""From an executed notebook to what its page shows: outputs in order, notes below them, headings for the contents.

`conf.json` of the template names `ReportPreprocessor`, so that stock nbconvert and `wenxiao` build a page alike.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from html import unescape
from typing import Any

from nbconvert.filters import strip_ansi
from nbconvert.preprocessors import Preprocessor
from nbformat import NotebookNode
from nbformat.v4 import new_output
from traitlets import Bool

from wenxiao import __version__
from wenxiao.display import stylesheet
from wenxiao.reports.fragment import inert, inline_figure
from wenxiao.reports.methods import MARKDOWN, Methods, note
from wenxiao.reports.openings import Openings
from wenxiao.reports.records import HIDDEN_TYPES

_HEADING = re.compile(r"<h([1-6])((?: [^>]*)?)>(.*?)</h\1>", re.DOTALL)
_ID = re.compile(r' id="([\w.:-]*)"')
_LINK = re.compile(r'<dt><a href="#([^"]*)">([^<]*)</a>(?=</dt>)')
_INNER_ID = re.compile(
    r' (aria-controls|aria-describedby|aria-labelledby|for|headers|href|id|popovertarget)="(#?)([^"]*)"'
)
_OPENING = re.compile(r"(?:<div[^>]*>\s*)*(?:<h([23])(?: [^>]*)?>.*?</h\1>\s*)+", re.DOTALL)
_ATTRIBUTE = re.compile(r""" [^\s=]+=(?:"[^"]*"|'[^']*')""")
_TAG = re.compile(r"<[^>]*>")
_MARK = re.compile(r'<span class="wx-mark">([\w（）]{1,20})</span>')
"""A word on what the edition is; nothing that a stylesheet would read as more than a word."""
_FIRST = "（一）"
_MARKERS = frozenset(("papermill-error-cell-tag",))


@dataclass(frozen=True, slots=True)
class Heading:
    """An entry of the contents list: its level (2 or 3), the id it leads to, its words."""

    level: int
    anchor: str
    words: str


class ReportPreprocessor(Preprocessor):
    """Makes a notebook what the template lays out.

    Outputs become inert HTML, at most one each; streams, widgets and the results are left out. A text cell explains the
    method of the code cell after it: it is told in 编制说明 at the end, and not at all where that cell shows nothing.
    The template finds the title, the headings, the stylesheet and the failure, if there is one, in `resources`.
    """

    show_code = Bool(
        False, help="Fold the code of every cell in, as `wenxiao.show_code` of a notebook does."
    ).tag(config=True)

    def preprocess(self, nb: NotebookNode, resources: Any) -> tuple[NotebookNode, Any]:
        """The notebook with its cells in reading order, and resources with a `report`."""
        page = _Page()
        cells = _arranged(nb.cells, page, noted=not getattr(self.parent, "exclude_markdown", False))
        nb.cells = [cell for cell in cells if _shown(cell, self._coded(nb))]
        shown = (output.get("data", {}) for cell in nb.cells for output in cell.get("outputs", ()))
        page.settle([data for data in shown if "text/html" in data])
        resources["report"] = {
            "title": page.title or _title_of(nb.cells) or "绩效评价报告",
            "titled": bool(page.title),
            "edition": " · ".join(page.marks),
            "headings": page.headings,
            "failure": page.failure,
            "stylesheet": stylesheet(),
            "version": __version__,
        }
        return nb, resources

    def _coded(self, nb: NotebookNode) -> bool:
        """Whether the code of every cell is wanted, by the command or by the notebook."""
        return bool(self.show_code or nb.metadata.get("wenxiao", {}).get("show_code"))


class _Page:
    """What the outputs of a page share: ids that must differ, headings, the one title, the failure."""

    def __init__(self) -> None:
        self.title = ""
        self.marks: list[str] = []
        self.headings: list[Heading] = []
        self.failure: int | None = None
        self.methods = Methods()
        self._ids: set[str] = set()
        self._figures = 0
        self._openings = Openings()

    def fragment(self, source: str) -> str:
        """The HTML of an output: inert, with ids of its own, its headings noted."""
        html = inert(source)
        self.marks = self.marks or _MARK.findall(html)
        found = set(_ID.findall(html))
        taken = found & self._ids
        if taken:
            html = self._renamed(html, taken)
        self._ids |= found
        return _HEADING.sub(self._heading, self._openings.once(html))

    def figure(self, svg: str) -> str:
        """The HTML of an SVG output."""
        self._figures += 1
        return self.fragment(inline_figure(svg, f"figure-{self._figures}"))

    def settle(self, shown: list[NotebookNode]) -> None:
        """Lets figures open their lines, makes words of links to missing sections, takes its number off a lone part."""
        self._openings.lead_to_lines(shown)
        levels = [2, *(heading.level for heading in self.headings), 2]
        lone = ""
        for index, heading in enumerate(self.headings):
            if levels[index : index + 3] == [2, 3, 2] and heading.words.startswith(_FIRST):
                self.headings[index] = replace(heading, words=heading.words.removeprefix(_FIRST))
                lone += f"|{re.escape(heading.anchor)}"
        numbered = re.compile(rf'(<h3[^>]* id="(?:{lone[1:]})"[^>]*>){_FIRST}')
        for data in shown:
            html = _LINK.sub(lambda m: m[0] if m[1] in self._ids else f"<dt>{m[2]}", data["text/html"])
            data["text/html"] = numbered.sub(r"\1", html)

    def _heading(self, match: re.Match[str]) -> str:
        level, attributes, content = int(match[1]), match[2], match[3]
        words = " ".join(unescape(_TAG.sub("", content)).split())
        if level == 1 and not self.title:
            self.title = words
            return match[0]
        level = max(level, 2)
        if level <= _DEEPEST and words:
            anchor = _ID.search(attributes)
            name = anchor[1] if anchor else f"section-{len(self.headings) + 1}"
            if anchor is None:
                attributes = "".join(sorted([*_ATTRIBUTE.findall(attributes), f' id="{name}"']))
            self.headings.append(Heading(level, name, words))
        return f"<h{level}{attributes}>{content}</h{level}>"

    def _renamed(self, html: str, taken: set[str]) -> str:
        """The fragment with ids that the page has already, and what refers to them, under free names."""
        free: dict[str, str] = {}
        for name in sorted(taken):
            number = 2
            while f"{name}-{number}" in self._ids | taken:
                number += 1
            free[name] = f"{name}-{number}"
        self._ids |= set(free.values())
        return _INNER_ID.sub(
            lambda m: f' {m[1]}="{m[2]}{" ".join(free.get(each, each) for each in m[3].split(" "))}"', html
        )


_DEEPEST = 3


def _arranged(cells: list[NotebookNode], page: _Page, *, noted: bool) -> Iterator[NotebookNode]:
    """The cells in reading order. What text cells say of the method of what the next code cell shows is told at the end.

    Text above the title introduces the notebook, not the report, and is left out. 计算底稿 is last, with its own note.
    """
    notes: list[NotebookNode] = []
    number = 0
    for cell in _unmarked(cells):
        if cell.cell_type == "markdown":
            notes.append(cell)
        elif cell.cell_type == "code":
            number += 1
            untitled = not page.title
            last = any(_LINES in str(output.get("data", "")) for output in cell.outputs)
            if last:
                yield from page.methods.cells(page.fragment)
            cell.outputs = list(_outputs(cell.outputs, page))
            if any(output.output_type == "error" for output in cell.outputs):
                page.failure = number
            introduced = untitled and bool(page.title)
            yield from _with_notes(cell, notes if noted and not introduced else [], None if last else page)
            notes = []
    yield from page.methods.cells(page.fragment)
    yield from notes


_LINES = "wx-lines"


def _with_notes(cell: NotebookNode, notes: list[NotebookNode], page: _Page | None) -> Iterator[NotebookNode]:
    """A code cell; its notes go to the page where it opens with a heading, and stand below all it shows else.

    Without a page they stand below the heading. A cell that shows nothing has none.
    """
    yield cell
    if not cell.outputs:
        return
    data = cell.outputs[0].get("data", {})
    opening = _OPENING.match(data.get("text/html", ""))
    if opening is None:
        yield from notes
    elif page is not None:
        page.methods.add(opening[0], notes)
    else:
        inserted = "".join(map(note, notes))
        data["text/html"] = data["text/html"][: opening.end()] + inserted + data["text/html"][opening.end() :]


def _unmarked(cells: list[NotebookNode]) -> Iterator[NotebookNode]:
    """The cells without those that papermill adds to mark a failure."""
    return (cell for cell in cells if not _MARKERS.intersection(cell.metadata.get("tags", ())))


def _shown(cell: NotebookNode, coded: bool) -> bool:
    """Whether a cell has anything to show; prepares the note or the code of one that has."""
    if cell.cell_type == "markdown":
        cell.metadata["note"] = note(cell)
        return bool(cell.metadata["note"])
    if cell.cell_type != "code":
        return False
    cell.metadata["folded_code"] = bool(cell.source.strip()) and (
        coded or "show-code" in cell.metadata.get("tags", ())
    )
    return bool(cell.outputs or cell.metadata["folded_code"])


def _title_of(cells: list[NotebookNode]) -> str:
    """The first heading among text cells, for a page whose outputs have no h1."""
    for cell in cells:
        if cell.cell_type == "markdown":
            match = re.search(r"^# +(.+?) *#*$", cell.source, re.MULTILINE)
            if match:
                return match[1].strip()
    return ""


def _outputs(outputs: list[NotebookNode], page: _Page) -> Iterator[NotebookNode]:
    """What a cell shows, the richest kind of each output, ready for the template."""
    for output in outputs:
        if output.output_type == "error":
            output.traceback = [strip_ansi(line) for line in output.traceback]  # type: ignore[no-untyped-call]
            yield output
        elif output.output_type in ("display_data", "execute_result"):
            html = _html(output.data, output.metadata, page)
            if html:
                yield new_output("display_data", {"text/html": html})  # type: ignore[no-untyped-call]


def _html(data: NotebookNode, metadata: NotebookNode, page: _Page) -> str:
    if HIDDEN_TYPES.intersection(data):
        return ""
    if "text/html" in data:
        return page.fragment(_joined(data["text/html"]))
    if "image/svg+xml" in data:
        return f'<div class="page-figure">{page.figure(_joined(data["image/svg+xml"]))}</div>'
    for kind in ("image/png", "image/jpeg"):
        if kind in data:
            label = metadata.get("alt") or metadata.get(kind, {}).get("alt") or "图"
            encoded = "".join(_joined(data[kind]).split())
            return inert(
                f'<div class="page-figure"><img alt="{_escaped(label)}" src="data:{kind};base64,{encoded}"></div>'
            )
    if "text/markdown" in data:
        return page.fragment(MARKDOWN.render(_joined(data["text/markdown"])))
    if "text/plain" in data and not any("widget" in kind or "javascript" in kind for kind in data):
        return inert(f'<pre tabindex="0">{_escaped(_joined(data["text/plain"]))}</pre>')
    return ""


def _joined(content: str | list[str]) -> str:
    """The content of an output, which a notebook may hold as a list of lines."""
    return content if isinstance(content, str) else "".join(content)


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
