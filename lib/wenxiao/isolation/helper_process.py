"""A fresh process of this program at the other end of a pipe; safe to start when the caller has threads."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import tempfile
from multiprocessing.connection import Connection
from pathlib import Path

_PATIENCE = 1.0  # seconds it has to end what it has started: whoever presses Ctrl-C waits for it


class HelperProcess:
    """`python -m MODULE DESCRIPTOR ARGUMENTS…`, in a session of its own; what it writes to its standard streams is kept."""

    def __init__(self, module: str, *arguments: str, scratch: Path | None = None) -> None:
        ours, theirs = socket.socketpair()
        self._errors = tempfile.TemporaryFile(dir=scratch)  # noqa: SIM115 - closed with the process
        with theirs:
            self.process = subprocess.Popen(
                [sys.executable, "-m", module, str(theirs.fileno()), *arguments],
                pass_fds=(theirs.fileno(),),
                stdin=subprocess.DEVNULL,
                stdout=self._errors,
                stderr=self._errors,
                start_new_session=True,
            )
        self.connection = Connection(ours.detach())

    def close(self) -> None:
        """Closes the pipe, on which the process ends with all it started; kills them after a second."""
        self.connection.close()
        try:
            self.process.wait(_PATIENCE)
        except subprocess.TimeoutExpired:
            if hasattr(os, "killpg"):  # a session of its own, with all that it started
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.kill()
            self.process.wait()
        self._errors.close()

    def output_tail(self) -> str:
        """The end of what it wrote to its standard streams, for programmers."""
        size = os.fstat(self._errors.fileno()).st_size
        return os.pread(self._errors.fileno(), 8000, max(0, size - 8000)).decode(errors="replace")
