"""Commands in the language that is spoken: their help, their options and what click says of them."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from inspect import cleandoc

import click

from wenxiao.cli.help_page import HelpPage
from wenxiao.language import LANGUAGES, _

METAVARS = ("[OPTIONS]", "COMMAND [ARGS]...")
"""What click writes in the usage of a command and of a group."""

_KEPT = "\b\n"


class Context(click.Context):
    """A context whose help page knows that a Chinese character is two columns wide."""

    formatter_class = HelpPage


def translated(command: click.Command) -> click.Command:
    """A copy of a command that shows itself in the language spoken, with `--lang` among its options."""
    spoken = copy.copy(command)
    spoken.context_class = Context
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
