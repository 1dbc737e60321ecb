"""The `wenxiao` command, also `jupyter wenxiao`: a module a subcommand, loaded when it is called, so that help is quick."""

from __future__ import annotations

from wenxiao.cli.interruption import install

install()  # before what takes time to load

import sys  # noqa: E402
from collections.abc import Sequence  # noqa: E402
from importlib import import_module  # noqa: E402
from typing import Any  # noqa: E402

import click  # noqa: E402

from wenxiao import __version__  # noqa: E402
from wenxiao.cli.ending import end_process, one_sentence  # noqa: E402
from wenxiao.cli.spoken import translated  # noqa: E402
from wenxiao.language import preferred, speaking  # noqa: E402

_SUBCOMMANDS = {
    "check": "check",
    "collect": "collect",
    "compare": "compare",
    "deliver": "deliver",
    "gather": "gather",
    "init": "init",
    "new": "new",
    "review": "review",
    "run": "run",
    "season": "season",
}
"""Name of a subcommand → the module of this package that has it, as a command of that name."""


class _Subcommands(click.Group):
    """A group that imports a subcommand when it is asked for, and speaks the language that is asked for."""

    def main(self, args: Sequence[str] | None = None, *more: Any, **options: Any) -> Any:
        """Run the command, in one language from the first word to the last error."""
        arguments = sys.argv[1:] if args is None else args
        try:
            with speaking(preferred(arguments)), one_sentence():
                return click.Group.main(translated(self), arguments, *more, **options)
        except SystemExit as ended:
            if args is None:
                end_process(ended.code)
            raise

    def invoke(self, ctx: click.Context) -> Any:
        """Run a subcommand; whatever keeps it from its end is one sentence."""
        with one_sentence():
            return super().invoke(ctx)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names, in alphabetical order."""
        del ctx
        return sorted(_SUBCOMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The subcommand of that name, None if there is none."""
        del ctx
        module = _SUBCOMMANDS.get(cmd_name)
        command = getattr(import_module(f"{__name__}.{module}"), cmd_name) if module else None
        return translated(command) if isinstance(command, click.Command) else None


@click.group(
    cls=_Subcommands,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="Wenxiao 问效: the workbench for performance evaluation of budget spending.",
)
@click.version_option(__version__, prog_name="wenxiao", message="%(prog)s %(version)s")
def main() -> None:
    """The command itself; what it does is in its subcommands."""
    for stream in (sys.stdout, sys.stderr):
        # Where a terminal cannot show a character it shows "?", instead of ending the run.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
