"""What the figures of a page open: their lines of 计算底稿, or popovers where no line tells of them."""

from __future__ import annotations

import re

from nbformat import NotebookNode

_POPOVER = re.compile(r'<div id="([\w.:-]+)" popover="">((?:(?!</?div).)*)</div>', re.DOTALL)
_OPENER = re.compile(r' popovertarget="([^"]*)"')
_LINE = re.compile(r'<tr id="(l\d+)"')
_LED_TO = re.compile(r' href="#(l\d+)"')


class Openings:
    """The popovers of a page, each once."""

    def __init__(self) -> None:
        self._first: dict[str, str] = {}

    def once(self, html: str) -> str:
        """The fragment without popovers that the page has already; what opened them opens those."""
        same: dict[str, str] = {}

        def kept(match: re.Match[str]) -> str:
            first = self._first.setdefault(match[2], match[1])
            same[match[1]] = first
            return match[0] if first == match[1] else ""

        return _redirected(_POPOVER.sub(kept, html), same)

    @staticmethod
    def lead_to_lines(shown: list[NotebookNode]) -> None:
        """Makes a line of 计算底稿 what its figures open. What their popovers tell stands there, so those fall away."""
        lines = {line for data in shown for line in _LINE.findall(data["text/html"])}
        opened: dict[str, str] = {}

        def left(match: re.Match[str]) -> str:
            line = _LED_TO.search(match[2])
            if line is None or line[1] not in lines:
                return match[0]
            opened[match[1]] = line[1]
            return ""

        for data in shown:
            data["text/html"] = _POPOVER.sub(left, data["text/html"])
        for data in shown:
            html = _redirected(data["text/html"], opened)
            data["text/html"] = _LINE.sub(r'<tr id="\1" popover=""', html)


def _redirected(html: str, targets: dict[str, str]) -> str:
    """The fragment with what opens a popover opening the target that it has now."""
    return _OPENER.sub(lambda match: f' popovertarget="{targets.get(match[1], match[1])}"', html)
