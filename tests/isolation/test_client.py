"""A function in a process of its own: what it returns and raises comes back, what it breaks stays there."""

import operator
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator

import numpy as np
import pytest
from wenxiao.isolation import client
from wenxiao.isolation.client import CrashError, call, close
from wenxiao.isolation.limits import MEGABYTE, Limits

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no limits here but of time")

LIMITS = Limits(seconds=1, memory=100 * MEGABYTE, processor=0.2)


def in_thread(task: Callable[[], None]) -> None:
    """Does something in a thread, where this process must not be forked."""
    failed: list[BaseException] = []

    def run() -> None:
        try:
            task()
        except BaseException as error:  # noqa: BLE001 - raised again below
            failed.append(error)

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    if failed:
        raise failed[0]


@pytest.fixture(params=[lambda task: task(), in_thread], ids=["alone", "among threads"])
def way(request: pytest.FixtureRequest) -> Iterator[Callable[[Callable[[], None]], None]]:
    """How a test is run: here (forking where nothing else runs), and in a thread, with a process started afresh."""
    close()
    yield request.param
    close()


Way = Callable[[Callable[[], None]], None]


def test_it_is_another_process_and_kept(way: Way) -> None:
    """What runs is not this process; the next task finds the same one."""

    def task() -> None:
        first = call(os.getpid, LIMITS)
        assert first != os.getpid()
        assert call(os.getpid, LIMITS) == first

    way(task)


def test_errors_come_back(way: Way) -> None:
    """An exception is raised as it was there, and the process goes on."""

    def task() -> None:
        process = call(os.getpid, LIMITS)
        with pytest.raises(ZeroDivisionError):
            call(operator.truediv, LIMITS, 1, 0)
        assert call(os.getpid, LIMITS) == process

    way(task)


@pytest.mark.parametrize(
    ("function", "arguments", "words", "late"),
    [
        (os.abort, (), "读取进程自行中止，是某个库的本机代码出错或内存不足（SIGABRT）", False),
        (os._exit, (3,), "读取进程自行结束（退出码 3），没有交出结果", False),
        (pow, (10, 10**9), "SIGPROF", True),
        (time.sleep, (9,), "SIGALRM", True),
    ],
)
def test_a_crash_is_reported_and_the_process_replaced(
    way: Way, function: Callable[..., object], arguments: tuple[object, ...], words: str, late: bool
) -> None:
    """An abort in C, an exit, too much processor time in C and a wait that does not end are each a CrashError of one call."""

    def task() -> None:
        process = call(os.getpid, LIMITS)
        with pytest.raises(CrashError, match=words.replace("(", r"\(")) as raised:
            call(function, LIMITS, *arguments)
        assert raised.value.late is late
        assert call(os.getpid, LIMITS) != process

    way(task)


@pytest.mark.skipif(sys.platform != "linux", reason="memory cannot be limited here")
def test_memory_is_limited(way: Way) -> None:
    """More memory than allowed is a MemoryError; the next call may take as much as any."""

    def task() -> None:
        with pytest.raises(MemoryError):
            call(bytearray, LIMITS, 200 * MEGABYTE)
        assert len(call(bytearray, LIMITS, 20 * MEGABYTE)) == 20 * MEGABYTE

    way(task)


def test_waiting_is_not_processor_time(way: Way) -> None:
    """A process that is held up may take longer than its processor time."""
    way(lambda: call(time.sleep, LIMITS, 0.4))


def test_large_arrays_come_back_whole(way: Way) -> None:
    """An array larger than a message comes back equal, and may be written to."""

    def task() -> None:
        array = call(np.arange, Limits(), 1_000_000)
        assert (array == np.arange(1_000_000)).all()
        assert array.flags.writeable

    way(task)


def test_a_process_killed_while_idle_is_replaced(way: Way) -> None:
    """Whoever kills the process between two tasks costs no task."""

    def task() -> None:
        process = call(os.getpid, LIMITS)
        os.kill(process, signal.SIGKILL)
        time.sleep(0.05)
        assert call(os.getpid, LIMITS) != process

    way(task)


def test_kept_values_are_sent_once(way: Way, monkeypatch: pytest.MonkeyPatch) -> None:
    """A value that is kept is pickled for the first of its tasks only, and again for a new process."""
    sent: list[int] = []
    real = client.send
    monkeypatch.setattr(
        client, "send", lambda stream, parts: (sent.append(len(parts[0])), real(stream, parts))
    )
    large = [str(number) for number in range(5_000)]

    def task() -> None:
        assert [call(len, LIMITS, kept=(large,)) for _ in range(2)] == [5_000, 5_000]
        close()
        assert call(len, LIMITS, kept=(large,)) == 5_000

    way(task)
    assert sent[1] < 1_000 < sent[0]
    assert sent[2] == sent[0]


def test_what_is_kept_does_not_grow_without_end() -> None:
    """A caller that keeps another value each time gets a new process now and then."""
    values = [[number] for number in range(30)]
    processes = {(call(len, LIMITS, kept=(value,)), call(os.getpid, LIMITS))[1] for value in values}
    assert 1 < len(processes) < 10


def test_a_fork_has_a_process_of_its_own() -> None:
    """A process forked from this one leaves the worker to it and starts another."""
    process = call(os.getpid, LIMITS)
    reads, writes = os.pipe()
    if (child := os.fork()) == 0:
        status = 1
        try:
            os.write(writes, str(call(os.getpid, Limits())).encode())
            close()
            status = 0
        finally:
            os._exit(status)
    assert os.waitpid(child, 0)[1] == 0
    assert int(os.read(reads, 20)) != process
    assert call(os.getpid, LIMITS) == process
    os.close(reads)
    os.close(writes)


def test_the_process_ends_with_the_one_that_started_it() -> None:
    """Nothing is left where a program ends without saying so."""
    code = (
        "import os, wenxiao.isolation.client as c; from wenxiao.isolation.limits import Limits; "
        "print(c.call(os.getpid, Limits()), flush=True); os._exit(0)"
    )
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    for _ in range(100):
        try:
            os.kill(int(out), 0)
        except ProcessLookupError:
            return
        time.sleep(0.02)
    pytest.fail("the process lives on")
