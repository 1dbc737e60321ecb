"""A file that somebody sent, read in a process of its own: whatever it does there, it is one file that cannot be read."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import TypeVar

from wenxiao.isolation.client import CrashError, call
from wenxiao.isolation.limits import MEGABYTE, Limits, duration, shown_duration, shown_size, size
from wenxiao.model import Problem, SheetError
from wenxiao.model.errors import ParameterError
from wenxiao.sheets.containers.garbage import collector_held

TIME_VARIABLE, MEMORY_VARIABLE = "WENXIAO_READING_TIME", "WENXIAO_READING_MEMORY"
_TIME, _MEMORY = "60s", "2GB"
_TIME_FOR_A_MEGABYTE, _MEMORY_FOR_A_BYTE = 1.0, 40
_WAITING = 10  # times the processor time: for a process that waits, or is held up by others

_T = TypeVar("_T")


def read_apart(
    function: Callable[..., _T], file: str, data: bytes, *arguments: object, kept: tuple[object, ...] = ()
) -> _T:
    """What `function(data, file, *arguments, *kept)` makes of the bytes of a file, in the process that reads.

    SheetError where it crashes, meets a limit, or has an error of its own; the next file is read all the same.
    """
    limits = limits_of(len(data))
    try:
        with collector_held():
            return call(function, limits, data, file, *arguments, kept=kept)
    except SheetError:
        raise
    except CrashError as error:
        if error.late:
            what = f"读取用去的处理器时间超过上限 {shown_duration(limits.processor or 0)}，已停止"
            raise _unread(file, what, _longer(TIME_VARIABLE)) from error
        raise _unread(file, str(error)) from error
    except MemoryError as error:
        what = f"读取所需的内存超过上限 {shown_size(limits.memory or 0)}，已停止"
        raise _unread(file, what, _longer(MEMORY_VARIABLE)) from error
    except RecursionError as error:
        raise _unread(file, "内容层层嵌套，深得反常，拒绝读取") from error
    except Exception as error:
        raise _unread(file, f"读取程序出错（{type(error).__name__}: {error}）") from error


def limits_of(length: int) -> Limits:
    """What reading a file of so many bytes may take: a minute of processor time and 2 GB, more where it is large itself.

    Set by `WENXIAO_READING_TIME` (90s, 5m) and `WENXIAO_READING_MEMORY` (500MB, 8GB); ParameterError where these are
    no amounts.
    """
    seconds = max(_set(TIME_VARIABLE, _TIME, duration), length / MEGABYTE * _TIME_FOR_A_MEGABYTE)
    memory = max(_set(MEMORY_VARIABLE, _MEMORY, size), length * _MEMORY_FOR_A_BYTE)
    seconds = round(seconds, 1)
    return Limits(seconds * _WAITING, int(memory), processor=seconds)


def _set(variable: str, default: str, amount: Callable[[str], float]) -> float:
    text = os.environ.get(variable, default)
    try:
        return amount(text)
    except ValueError:
        raise ParameterError(
            Problem(
                f"环境变量 {variable} 写得不对",
                value=text,
                rule=f"写成 {default} 的样子",
                remedy="改正，或不设",
            )
        ) from None


def _unread(
    file: str, what: str, remedy: str = "核实文件来源，用 Excel 或 WPS 打开后另存为 .xlsx 再试"
) -> SheetError:
    return SheetError(Problem(what, file=file, remedy=remedy))


def _longer(variable: str) -> str:
    return f"核实文件来源，删去多余的行列和格式后另存；文件确实这么大的，用环境变量 {variable} 放宽"
