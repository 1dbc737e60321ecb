"""What the text cells of a notebook say of the method: told together at the end of the page, or as a note in place."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from html import unescape

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import escape
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_output

from wenxiao.reports.fragment import inert

MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
_HEADING = re.compile(r"<h[23](?: [^>]*)?>(.*?)</h[23]>", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
_NUMBER = re.compile(r"^(?:（[一二三四五六七八九十]+）|[一二三四五六七八九十]+、)")


class Methods:
    """The notes collected for 编制说明, each by the heading that it is about."""

    def __init__(self) -> None:
        self._told: list[tuple[str, str]] = []

    def add(self, opening: str, cells: Iterable[NotebookNode]) -> None:
        """Takes the text cells that explain what stands below the headings of an opening."""
        words = " ".join(unescape(_TAG.sub("", _HEADING.findall(opening)[-1])).split())
        self._told += [(_NUMBER.sub("", words), text) for text in map(_text, cells) if text]

    def cells(self, fragment: Callable[[str], str]) -> Iterator[NotebookNode]:
        """The cell that shows 编制说明, its HTML made a `fragment` of the page; none without notes, and none a second time."""
        if not self._told:
            return
        told = "".join(f"<dt>{escape(about)}</dt><dd>{text}</dd>" for about, text in self._told)
        self._told = []
        html = fragment(f'<div class="wx"><h2>附　编制说明</h2><dl class="page-methods">{told}</dl></div>')
        output = new_output("display_data", {"text/html": html})  # type: ignore[no-untyped-call]
        yield new_code_cell("", outputs=[output])  # type: ignore[no-untyped-call]


def note(cell: NotebookNode) -> str:
    """The HTML of a text cell as a note in its place; empty if it has no more than headings."""
    text = _text(cell)
    return inert(f'<div class="page-note" role="note"><b>方法说明</b>{text}</div>') if text else ""


def _text(cell: NotebookNode) -> str:
    """The HTML of a text cell without its headings, which are signposts of the notebook; empty if it has no more."""
    tokens: list[Token] = []
    inside = False
    for token in MARKDOWN.parse(cell.source):
        inside = inside or token.type == "heading_open"
        if not inside:
            tokens.append(token)
        inside = inside and token.type != "heading_close"
    return str(MARKDOWN.renderer.render(tokens, MARKDOWN.options, {})).strip() if tokens else ""
