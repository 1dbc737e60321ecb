"""Amounts as people write them, and what a process is held to."""

import subprocess
import sys

import pytest
from wenxiao.isolation.limits import duration, fair_share, size


@pytest.mark.parametrize("text", ["", "5 parsecs", "-5m", "m5", "0", "1h x"])
def test_no_duration(text: str) -> None:
    """What is no duration, or none at all, is refused."""
    with pytest.raises(ValueError, match=f"^{text}$"):
        duration(text)


@pytest.mark.parametrize("text", ["", "2 elephants", "-2GB", "0"])
def test_no_size(text: str) -> None:
    """What is no size, or none at all, is refused."""
    with pytest.raises(ValueError, match=f"^{text}$"):
        size(text)


def test_a_fair_share_is_a_share() -> None:
    """Two at a time may take about half as much each as one alone."""
    alone, shared = fair_share(1), fair_share(2)
    if alone is not None and shared is not None:
        assert 0.3 * alone < shared < 0.7 * alone


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux counts private memory")
def test_the_limit_of_the_system_is_respected() -> None:
    """Where the system allows less, hard, that counts: nothing fails, and nothing is raised above it."""
    code = (
        "import resource as r; from wenxiao.isolation.limits import allow_more, confine\n"
        "r.setrlimit(r.RLIMIT_DATA, (2**31, 2**31)); confine(2**40); print(*r.getrlimit(r.RLIMIT_DATA))\n"
        "confine(2**20); allow_more(); print(r.getrlimit(r.RLIMIT_DATA)[0] < 2**31)\n"
        "confine(None); allow_more(); confine(2**40); print(r.getrlimit(r.RLIMIT_DATA)[0] <= 2**31)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == [f"{2**31} {2**31}", "True", "True"]
