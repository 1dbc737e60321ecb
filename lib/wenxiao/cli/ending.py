"""How any command ends that cannot go on: a full disk, outputs in the way, an interruption, nobody who reads: one sentence, no traceback."""

from __future__ import annotations

import atexit
import errno
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NoReturn

from wenxiao.cli.interruption import INTERRUPTED, only_leave
from wenxiao.language import _

NOT_WRITTEN = 3
"""The exit status of every command whose outputs cannot be written."""


@contextmanager
def one_sentence() -> Iterator[None]:
    """Ends the command with its status where the outputs cannot be written or it is interrupted."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:  # closed before the command began
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115 - to the end
    try:
        try:
            yield
        finally:
            sys.stdout.flush()
    except KeyboardInterrupt:
        interrupted()
    except BrokenPipeError:
        _leave(NOT_WRITTEN)  # nobody reads any more: there is nobody to tell
    except OSError as error:
        from wenxiao.model.errors import is_unwritable  # noqa: PLC0415 - help does not wait for it

        if error.errno == errno.ENAMETOOLONG:
            _say(_("A name is too long for the file system: {name}").format(name=str(error.filename)[:80]))
            _leave(2)
        if not is_unwritable(error):
            raise
        not_written(error)
    except Exception as error:
        _end_if_output(error)
        raise


def end_process(status: object) -> NoReturn:
    """Ends the process with a status, without taking its libraries apart: threads of theirs may abort it on the way."""
    only_leave()
    atexit._run_exitfuncs()
    if isinstance(status, str):
        _say(status)
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError, AttributeError):
            stream.flush()
    os._exit(status if isinstance(status, int) else int(status is not None))


def interrupted() -> NoReturn:
    """Ends the command after Ctrl-C."""
    with suppress(ValueError):  # not in the main thread, where no signal comes
        signal.signal(signal.SIGINT, signal.SIG_IGN)
    _say(_("Interrupted. What was finished is kept."))
    _leave(INTERRUPTED)


def not_written(error: OSError) -> NoReturn:
    """Ends the command where a file cannot be written."""
    words = _("The outputs cannot be written to {place}: {why}")
    _say(
        words.format(
            place=error.filename2
            or error.filename
            or (_("the terminal") if error.errno in (errno.ENOSPC, errno.EIO) else "outputs"),
            why=error.strerror or error,
        )
    )
    _leave(NOT_WRITTEN)


def _end_if_output(error: Exception) -> None:
    if "wenxiao.model.errors" not in sys.modules:  # then it is none of ours
        return
    from wenxiao.model.errors import OutputError  # noqa: PLC0415 - loaded by whoever raised it

    if isinstance(error, OutputError):
        for problem in error.problems:
            _say(str(problem))
        _leave(NOT_WRITTEN)


def _say(sentence: str) -> None:
    with suppress(OSError, ValueError, AttributeError):
        sys.stderr.write(f"{sentence}\n")
        sys.stderr.flush()


def _leave(status: int) -> NoReturn:
    """Ends the command; what a stream that cannot be written still holds is dropped, of which Python would complain at the end."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (OSError, ValueError):
            with suppress(OSError, ValueError):
                os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
    sys.exit(status)
