"""Commands in the language that is spoken: their help, their options and what click says of them."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterable, Iterator
from inspect import cleandoc
from unicodedata import east_asian_width

import click

from wenxiao.language import LANGUAGES, _

METAVARS = ("[OPTIONS]", "COMMAND [ARGS]...")
"""What click writes in the usage of a command and of a group."""

_KEPT = "\b\n"


_PIECE = re.compile(r"[ \n]+|[（《“［【]*(?:[!-⁯]+|.)[，。；：、！？）》”］】…]*")


class HelpPage(click.HelpFormatter):
    """click's page, with texts and lists measured by the columns they take."""

    def write_text(self, text: str) -> None:
        """Paragraphs, wrapped; one that starts with click's mark for it keeps its lines."""
        indent = " " * self.current_indent
        paragraphs = []
        for paragraph in text.split("\n\n"):
            kept = paragraph.startswith("\b\n")
            lines = (
                paragraph.splitlines()[1:] if kept else wrapped(paragraph, self.width - self.current_indent)
            )
            paragraphs.append("".join(f"{indent}{line}\n" for line in lines))
        self.write("\n".join(paragraphs))

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        """A list of terms and what they mean, in two columns."""
        listed, indent = list(rows), " " * self.current_indent
        column = min(max((columns(term) for term, _meaning in listed), default=0), col_max) + col_spacing
        for term, meaning in listed:
            lines = list(wrapped(meaning, max(self.width - column - 2, 10)))
            gap = column - columns(term)
            if gap < col_spacing and lines:
                self.write(f"{indent}{term}\n")
            else:
                self.write(f"{indent}{term}{' ' * gap if lines else ''}{lines.pop(0) if lines else ''}\n")
            self.write("".join(f"{indent}{' ' * column}{line}\n" for line in lines))


def columns(text: str) -> int:
    """How many columns of a terminal a text takes.

    >>> columns("县 a")
    4
    """
    return sum(2 if east_asian_width(each) in "WF" else 1 for each in text)


def wrapped(text: str, width: int) -> Iterator[str]:
    """The lines of a text that fit; a closing mark stands at no line's start.

    >>> list(wrapped("甲县、乙县。The end", 10))
    ['甲县、乙', '县。The', 'end']
    """
    line = ""
    for piece in _PIECE.findall(text):
        blank = piece.isspace()
        if not blank and line and columns(line + piece) > width:
            yield line.rstrip()
            line = ""
        if not blank or line:
            line += piece.replace("\n", " ")
    if line.rstrip():
        yield line.rstrip()


class Context(click.Context):
    """A context whose help page knows that a Chinese character is two columns wide."""

    formatter_class = HelpPage


def translated(command: click.Command) -> click.Command:
    """A copy of a command that shows itself in the language spoken, with `--lang` among its options."""
    spoken = copy.copy(command)
    spoken.context_class = Context
    spoken._help_option = None  # click keeps the one it first made, with its words of then
    spoken.params = [_translated_parameter(command, parameter) for parameter in _parameters(command)]
    spoken.help, spoken.epilog = _text(command.help), _text(command.epilog)
    spoken.options_metavar = _(command.options_metavar) if command.options_metavar else None
    if isinstance(spoken, click.Group):
        spoken.subcommand_metavar = _(spoken.subcommand_metavar)
        spoken.commands = {name: translated(each) for name, each in spoken.commands.items()}
    return spoken


def sentences(command: click.Command) -> Iterator[str]:
    """Every English text of a command that its help shows: what the catalogue must have."""
    texts = [command.help, command.epilog]
    for parameter in _parameters(command):
        yield _value_word(command, parameter)
        if isinstance(parameter, click.Option):
            texts.append(parameter.help)
    for text in filter(None, texts):
        yield from (paragraph for _mark, paragraph in _paragraphs(text))


def _parameters(command: click.Command) -> list[click.Parameter]:
    """The parameters of a command, `--lang` the last; what it says was looked at before (`wenxiao.language.preferred`)."""
    own = [parameter for parameter in command.params if parameter.name != "lang"]
    lang = click.Option(
        ["--lang"],
        type=click.Choice(LANGUAGES),
        expose_value=False,
        help="Language of the command: Chinese or English; that of the system by default.",
    )
    return [*own, lang]


def _translated_parameter(command: click.Command, parameter: click.Parameter) -> click.Parameter:
    spoken = copy.copy(parameter)
    if isinstance(spoken, click.Option):
        spoken.help = _text(spoken.help)
    word = _value_word(command, parameter)
    if word:
        spoken.metavar = _(word)
    return spoken


def _value_word(command: click.Command, parameter: click.Parameter) -> str:
    """What the help writes for a value: TEXT, [PATHS]...; nothing for a switch and where the choices are listed."""
    if getattr(parameter, "is_flag", False) or isinstance(parameter.type, click.Choice):
        return ""
    return parameter.make_metavar(click.Context(command))


def _paragraphs(text: str) -> Iterator[tuple[str, str]]:
    """The paragraphs of a help text, each with click's mark before it if its lines are to stay as they are."""
    for paragraph in cleandoc(text).split("\n\n"):
        if paragraph.startswith(_KEPT):
            yield _KEPT, paragraph.removeprefix(_KEPT)
        else:
            yield "", " ".join(paragraph.split())


def _text(text: str | None) -> str | None:
    if text is None:
        return None
    return "\n\n".join(mark + _(paragraph) for mark, paragraph in _paragraphs(text))


# What stays together on a line: a run of narrow characters, or one wide character with its opening and closing marks.
