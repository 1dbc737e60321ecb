"""The garbage collector held still while a large sheet is handed over."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collector_held() -> Iterator[None]:
    """Disables the garbage collector inside the block.

    Millions of cells arrive at once and none of them is garbage, but their mere number makes the collector go through
    all of them again and again: a third of the time of a national ledger.
    """
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
