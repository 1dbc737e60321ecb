"""Inline SVG figures: text as text, no prolog, and ids that no other figure of the page has."""

from __future__ import annotations

import re

_ROOT = re.compile(r"<svg\b[^>]*>", re.DOTALL)
_METADATA = re.compile(r"<metadata\b.*?</metadata>\s*", re.DOTALL)
_COMMENT = re.compile(r"<!--.*?-->\s*", re.DOTALL)
_STYLE = re.compile(r"<style\b[^>]*>(.*?)</style>\s*", re.DOTALL)
_EVERYTHING = re.compile(r"\s*\*\s*\{([^{}]*)\}\s*")
_EMPTY_DEFS = re.compile(r"<defs>\s*</defs>\s*|<defs\s*/>\s*")
_ID = re.compile(r'\sid="([^"]*)"')
_REFERENCE = re.compile(r'(url\(#|href="#)([^")]+)')
_NAMED_BY = re.compile(r'(aria-(?:labelledby|describedby))="([^"]*)"')
_BETWEEN = re.compile(r">\s*\n\s*<")


def inline_figure(svg: str, name: str, label: str = "图") -> str:
    """An SVG document as an element of a page; ids start with `name`, and those that nothing refers to are gone.

    The element is an image to assistive technology (`role="img"`), called as its own title says, else `label`. The style
    that matplotlib gives to everything stays on this figure; other styles are left out, since they would reach the page.

    >>> inline_figure('<?xml version="1.0"?><svg viewBox="0 0 1 1"><g id="a"/><use href="#b"/><path id="b"/></svg>', "f1")
    '<svg viewBox="0 0 1 1" role="img" aria-label="图"><g/><use href="#f1-b"/><path id="f1-b"/></svg>'
    """
    start = _ROOT.search(svg)
    end = svg.rfind("</svg>")
    if start is None or end < start.end():
        return ""
    body = _COMMENT.sub("", _METADATA.sub("", svg[start.end() : end]))
    everywhere = ";".join(
        match[1].strip() for style in _STYLE.finditer(body) if (match := _EVERYTHING.fullmatch(style[1]))
    )
    body = _EMPTY_DEFS.sub("", _STYLE.sub("", body))
    root = start[0][:-1].rstrip()
    if everywhere:
        root += f' style="{everywhere}"'
    if "role=" not in root:
        root += ' role="img"'
    if "aria-label" not in root:
        root += f' aria-label="{label}"'
    return _named(f"{root}>{_BETWEEN.sub('><', body).strip()}</svg>", name)


def _named(svg: str, name: str) -> str:
    used = {match[2] for match in _REFERENCE.finditer(svg)}
    used.update(each for match in _NAMED_BY.finditer(svg) for each in match[2].split())
    svg = _ID.sub(lambda match: f' id="{name}-{match[1]}"' if match[1] in used else "", svg)
    svg = _REFERENCE.sub(lambda match: f"{match[1]}{name}-{match[2]}", svg)
    return _NAMED_BY.sub(
        lambda match: f'{match[1]}="{" ".join(f"{name}-{each}" for each in match[2].split())}"', svg
    )
