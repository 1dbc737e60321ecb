"""Why a process ended without having handed over its result, in words."""

from __future__ import annotations

import signal

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
