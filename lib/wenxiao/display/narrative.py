"""The analyst's words (问题, 原因, 经验, 建议) from Markdown, inert: no HTML, no links that lead anywhere, no pictures."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

from wenxiao.display.rendering import Rendering
from wenxiao.model import Given, Measure
from wenxiao.project import Project

_DISABLED = ["link", "image", "autolink", "html_inline", "html_block", "reference"]


@dataclass(frozen=True)
class Words:
    """Markdown as written by the analyst."""

    markdown: str
    internal: bool = False

    def html(self, rendering: Rendering) -> Markup:
        """The Markdown as HTML; its headings become bold lines, so that the outline of the page stays its own."""
        del rendering
        parser = _parser()
        tokens = [_flat(token) for token in self.tokens()]
        body = Markup(parser.renderer.render(tokens, parser.options, {}))
        return Markup('<div class="wx-words">{}</div>').format(body)

    def tokens(self) -> list[Token]:
        """The Markdown in the parts that it is made of, for those who write something else than HTML."""
        return _parser().parse(self.markdown)

    def text(self) -> str:
        """The Markdown as written."""
        return self.markdown

    def figures(self) -> Iterator[Measure | Given]:
        """None: the analyst's figures are words."""
        return iter(())


def words(project: Project, heading: str) -> Words | None:
    """The analyst's words under a heading of `narrative.md`; None where nothing is written."""
    text = project.narrative.section(heading)
    return Words(text) if text.strip() else None


@cache
def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False}).enable("table").disable(_DISABLED)


def _flat(token: Token) -> Token:
    if token.type in ("heading_open", "heading_close"):
        token.tag = "p"
        if token.type == "heading_open":
            token.attrSet("class", "wx-sub")
    return token
