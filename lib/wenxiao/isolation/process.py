"""What a process of this program asks of its system: to end with its parent, to take charge of orphans; and why one ended, in words."""

from __future__ import annotations

import ctypes
import signal
import sys

_DIE_WITH_PARENT = 1  # PR_SET_PDEATHSIG of Linux
_ADOPT = 36  # PR_SET_CHILD_SUBREAPER of Linux
_LIBC = ctypes.CDLL(None) if sys.platform == "linux" else None


def die_with_parent() -> None:
    """Has this process killed when the thread that started it is no more, where the system can (Linux)."""
    if _LIBC is not None:
        _LIBC.prctl(_DIE_WITH_PARENT, signal.SIGKILL)


def adopt_orphans() -> None:
    """Makes what descendants of this process leave behind its own children, where the system can (Linux)."""
    if _LIBC is not None:
        _LIBC.prctl(_ADOPT, 1)


_SIGNALS = {
    "SIGKILL": "被强行结束，可能是内存不足",
    "SIGSEGV": "崩溃（段错误），是某个库的本机代码出错",
    "SIGBUS": "崩溃（总线错误），是某个库的本机代码出错",
    "SIGABRT": "自行中止，是某个库的本机代码出错或内存不足",
    "SIGFPE": "崩溃（算术错误），是某个库的本机代码出错",
    "SIGILL": "崩溃（非法指令），某个库与本机的处理器不合",
    "SIGTERM": "被要求结束",
}


def end_of(status: int, process: str, result: str) -> str:
    """How `process` ended without its `result`; `status` is its exit code, negative for a signal.

    >>> end_of(-11, "执行进程", "报告"), end_of(3, "执行进程", "报告")
    ('执行进程崩溃（段错误），是某个库的本机代码出错（SIGSEGV）', '执行进程自行结束（退出码 3），没有交出报告')
    """
    if status < 0:
        name = signal.Signals(-status).name if -status in set(signal.Signals) else f"信号 {-status}"
        return f"{process}{_SIGNALS.get(name, '意外终止')}（{name}）"
    return f"{process}自行结束（退出码 {status}），没有交出{result}"
