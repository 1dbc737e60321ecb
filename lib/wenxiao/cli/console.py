"""The console that commands print on, and how they say what is wrong."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Console, ConsoleOptions, RenderableType
from rich.segment import Segment
from rich.text import Text

from wenxiao.model.errors import WenxiaoError
from wenxiao.model.written_text import shown_on_page

_PLAIN_WIDTH = 200  # a file or a pipe has no width of its own, and a table in it should not be folded


class _Screen(Console):
    """A console to which texts of files are texts, whatever a terminal would do with them."""

    def render(self, renderable: RenderableType, options: ConsoleOptions | None = None) -> Iterator[Segment]:
        """The segments of what is printed, without signs that nobody sees."""
        for segment in super().render(renderable, options):
            yield segment if segment.control else segment._replace(text=shown_on_page(segment.text))


def console(*, stderr: bool = False) -> Console:
    """A console that folds nothing where there is no terminal; rich honours NO_COLOR."""
    made = _Screen(stderr=stderr, markup=False, highlight=False, emoji=False)
    if not made.is_terminal:
        made.width = _PLAIN_WIDTH
    return made


def complaint(error: WenxiaoError, heading: str) -> Text:
    """All problems of an error, a line each."""
    text = Text(heading + "\n", style="bold red")
    for problem in error.problems:
        text.append(f"  {problem}\n", style="not bold red")
    return text
