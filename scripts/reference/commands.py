"""The pages of the command line, in English and in Chinese."""

from __future__ import annotations

import click
from wenxiao.cli import main
from wenxiao.cli.spoken import translated
from wenxiao.language import Language, speaking

from scripts.reference.table import WRITTEN, page

_WIDTH = 100
_TITLES: dict[Language, str] = {"en": "# Command line 命令", "zh": "# 命令 Command line"}


def commands_page(language: Language = "en") -> str:
    """The help of `wenxiao` and of each subcommand, as the terminal shows it."""
    with speaking(language):
        lines = [_TITLES[language], "", WRITTEN, *_help(translated(main), "wenxiao")]
    return page(*lines)


def chinese_commands_page() -> str:
    """The same with `--lang zh`."""
    return commands_page("zh")


def _help(command: click.Command, name: str, parent: click.Context | None = None) -> list[str]:
    """A command's part of the page, and those of the commands below it."""
    context = command.context_class(
        command,
        parent=parent,
        info_name=name,
        terminal_width=_WIDTH,
        max_content_width=_WIDTH,
        **command.context_settings,
    )
    lines = ["", f"## `{context.command_path}`", "", "```text", command.get_help(context), "```"]
    if isinstance(command, click.Group):
        for each in command.list_commands(context):
            inner = command.get_command(context, each)
            if inner is not None:
                lines += _help(inner, each, context)
    return lines
