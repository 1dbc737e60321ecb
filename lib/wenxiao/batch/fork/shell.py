"""The shell of a kernel in this process: ipykernel's own, its messages kept here instead of sent.

Whatever a cell shows passes through the code that shows it in a kernel, so that both give the same outputs: the same
class (libraries look at its name), the same formatters, the same tracebacks, matplotlib's inline figures.
"""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable
from typing import Any

from ipykernel.compiler import XCachingCompiler
from ipykernel.ipkernel import IPythonKernel
from ipykernel.zmqshell import ZMQInteractiveShell as ShellOfKernel
from IPython.core.error import UsageError
from jupyter_client.session import Session
from traitlets.config import Config

Message = dict[str, Any]
Receive = Callable[[Message], None]

LANGUAGE: dict[str, Any] = IPythonKernel.language_info
"""What a kernel says of its language; nbclient writes it into the notebook."""

_INLINE = "module://matplotlib_inline.backend_inline"


class OutputLimitError(RuntimeError):
    """A cell shows more than a report may hold."""

    def __init__(self) -> None:
        super().__init__("输出超过每份报告的上限，已停止")


class Recorder(Session):
    """A session that hands its messages to `receive`, as JSON would have carried them, and at once to `note`.

    Once they hold more than `room`, it raises OutputLimitError in the cell that shows more.
    """

    receive: Receive
    note: Receive
    room: int

    def msg(  # type: ignore[override] # only what a receiver reads
        self, msg_type: str, content: Message | None = None, parent: object = None, **_: object
    ) -> Message:
        """A message without the circumstances of its sending."""
        del parent
        header = {"msg_type": msg_type}
        return {"header": header, "msg_type": msg_type, "parent_header": {}, "content": content or {}}

    def send(
        self,
        stream: object,
        msg_or_type: Message | str,
        content: Message | None = None,
        *_: object,
        **__: object,
    ) -> Message:
        """The message, received."""
        del stream
        message = self.msg(msg_or_type, content) if isinstance(msg_or_type, str) else msg_or_type
        message["content"] = self._carried(message["content"])
        if message["msg_type"] != "stream":  # streams are noted as they are written
            self.note(message)
        self.receive(message)
        return message

    def take(self, characters: int) -> None:
        """Counts so many characters against `room`; OutputLimitError once it is used up."""
        self.room -= characters
        if self.room < 0:
            raise OutputLimitError

    def _carried(self, content: Message) -> Message:
        data = content.get("data") or {}
        texts = all(type(part) is str for item in data.items() for part in item)
        if data and texts and not content.get("metadata"):
            self.take(sum(len(text) for text in data.values()))
            return content
        packed = self.pack(content)
        self.take(len(packed) if data else 0)  # an error is always shown
        carried: Message = self.unpack(packed)
        return carried


class Stream(io.TextIOBase):
    """A standard stream as a cell sees it; what is written goes out with the next flush.

    `descriptor` is where others write that know it by its number only.
    """

    encoding = "UTF-8"

    def __init__(self, name: str, recorder: Recorder, descriptor: int) -> None:
        self.name = name
        self._recorder = recorder
        self._descriptor = descriptor
        self._pending: list[str] = []

    def write(self, text: str) -> int:
        """The number of characters, all of them taken."""
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text)}")
        self._recorder.take(len(text))
        self._pending.append(text)
        self._recorder.note(self._message(text))
        return len(text)

    def flush(self) -> None:
        """Sends what was written as an output."""
        text = "".join(self._pending)
        self._pending.clear()
        if text:
            self._recorder.receive(self._message(text))

    def fileno(self) -> int:
        """The descriptor beneath."""
        return self._descriptor

    def writable(self) -> bool:
        """True."""
        return True

    def _message(self, text: str) -> Message:
        return self._recorder.msg("stream", {"name": self.name, "text": text})


class ZMQInteractiveShell(ShellOfKernel):
    """ipykernel's shell without a kernel around it; of the same name, by which libraries know that they are in a notebook."""

    def enable_gui(self, gui: Any = None) -> None:
        """Accepts inline figures only; UsageError for any window system."""
        if gui not in (None, "inline"):
            raise UsageError(f"no window system here: {gui}")
        self.active_eventloop = gui


def open_shell() -> ShellOfKernel:
    """The one shell of this process, without history file or threads, ready for cells; it shows nothing yet."""
    # As a kernel sets it, before anything loads pyplot.
    os.environ.setdefault("MPLBACKEND", _INLINE)
    config = Config()
    config.HistoryManager.enabled = False
    config.HistoryManager.hist_file = ":memory:"
    shell: ShellOfKernel = ZMQInteractiveShell.instance(config=config, compiler_class=XCachingCompiler)
    recorder = Recorder(key=b"unused")
    shell.displayhook.session = shell.display_pub.session = recorder  # type: ignore[attr-defined]
    shell.displayhook.pub_socket = shell.display_pub.pub_socket = recorder  # type: ignore[attr-defined]
    if "" not in sys.path:
        sys.path.insert(0, "")  # modules beside the notebook's working directory
    return shell


def redirect_output(shell: ShellOfKernel, receive: Receive, note: Receive, room: int) -> None:
    """Redirects what cells show and print to `receive`, and first to `note`."""
    recorder: Recorder = shell.display_pub.session  # type: ignore[attr-defined]
    recorder.receive, recorder.note, recorder.room = receive, note, room
    sys.stdout, sys.stderr = Stream("stdout", recorder, 1), Stream("stderr", recorder, 2)
