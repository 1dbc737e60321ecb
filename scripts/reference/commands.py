"""The page of the command line."""

from __future__ import annotations

import click
from wenxiao.cli import main

from scripts.reference.table import WRITTEN, page

_WIDTH = 100


def commands_page() -> str:
    """The help of `wenxiao` and of each subcommand, as the terminal shows it."""
    context = _context(main, "wenxiao")
    lines = [
        "# Command line 命令",
        "",
        WRITTEN,
        "",
        "## `wenxiao`",
        "",
        "```text",
        main.get_help(context),
        "```",
    ]
    for name in main.list_commands(context):
        command = main.get_command(context, name)
        if command is None:
            continue
        inner = _context(command, name, context)
        lines += ["", f"## `wenxiao {name}`", "", "```text", command.get_help(inner), "```"]
    return page(*lines)


def _context(command: click.Command, name: str, parent: click.Context | None = None) -> click.Context:
    return click.Context(
        command,
        parent=parent,
        info_name=name,
        terminal_width=_WIDTH,
        max_content_width=_WIDTH,
        **command.context_settings,
    )
