"""HTML fragments as they may stand in a report: well-formed, inert, and spelt as nbconvert's last pass spells them.

What a notebook shows may come from anybody's library or spreadsheet. Here it loses scripts, handlers, frames, forms and
every address outside the page, so that the Content-Security-Policy has nothing to refuse; marks that would turn the
direction of what follows are shown; and it gets the spelling that stock nbconvert gives a page at the very end (it
sends it through BeautifulSoup). Written so from the start, a page need not be parsed again, which is most of the time a
conversion takes, and both ways give the same bytes.
"""

from __future__ import annotations

import re
from functools import lru_cache
from html import unescape

from bs4 import BeautifulSoup
from bs4.builder import HTMLTreeBuilder
from bs4.element import PreformattedString

from wenxiao.model.written_text import with_direction_shown

_VOID = frozenset(HTMLTreeBuilder.DEFAULT_EMPTY_ELEMENT_TAGS or ())
_LISTS = frozenset(("class", "accesskey", "dropzone", "headers", "rel", "rev"))
_DROPPED = re.compile(
    r"^(?:script|style|noscript|iframe|frame|frameset|object|embed|applet|link|meta|base|form|input|"
    r"textarea|select|option|audio|video|source|track|template|plaintext|xmp|noembed|noframes|"
    r"portal|foreignobject|animate|animatetransform|animatemotion|set|math)$"
)
"""Elements that go with all they hold: what runs, loads, asks or hides; a style would reach the whole page."""
_UNWRAPPED = frozenset(("html", "head", "body"))
"""Elements that go, while what they hold stays."""
_NAME = re.compile(r"[a-z][\w.:-]*", re.ASCII)
_ATTRIBUTES = re.compile(r"""([^\s=>"'/]+)(?:\s*=\s*("[^"]*"|'[^']*'|[^\s"'>]+))?""")
_TOKEN = re.compile(
    r"""<(?P<tag>/?[A-Za-z][^\s/<>]*)(?P<rest>(?:[^<>"']|"[^"]*"|'[^']*')*)>|<!--(?:(?!-->).)*-->|(?P<text>[^<]+)|(?P<odd><)""",
    re.DOTALL,
)
_OUTSIDE = re.compile(
    r"url\s*\(\s*(?![\s\"']*(?:#|data:image/))|image-set|@import|expression\s*\(|\\", re.IGNORECASE
)
_ADDRESSES = re.compile(
    r"(?:href|xlink:href|src|srcset|action|formaction|background|poster|ping|data|cite|longdesc|"
    r"manifest|codebase|classid|usemap|srcdoc)"
)
_BESIDE = re.compile(r"\.\./\.\./[\w%.~-]+/(?!\.\.)[\w%.~-]+/report\.html", re.ASCII)
"""The page of another run in the same outputs: a season leads to its forms. It loads nothing by itself."""
_ASCII_SPACES = " \n\t\f\r"


class _UnevenError(Exception):
    """A fragment that is not plainly well-formed: a parser must say what it means."""


def inert(fragment: str) -> str:
    r"""The fragment, well-formed and without script, handler, form, frame, external address or comment.

    Well-formed input is rewritten tag by tag; anything else goes through a parser first. Text stays as it is.

    >>> inert('<p onclick="go()">A&nbsp;<b>B</b><br><script>alert(1)</script></p>')
    '<p>A\xa0<b>B</b><br/></p>'
    >>> inert('<a href="../../self_evaluation/a/report.html">a</a><a href="../../x/../report.html">b</a>')
    '<a href="../../self_evaluation/a/report.html">a</a><a>b</a>'
    >>> inert('<p>open <td>')
    '<p>open <td></td></p>'
    """
    fragment = fragment.replace("\r\n", "\n").replace("\r", "\n")
    for read in (str, _parsed):
        try:
            return _rewritten(read(fragment))
        except _UnevenError:
            continue
    return _escaped(BeautifulSoup(fragment, "html.parser").get_text())


def _rewritten(fragment: str) -> str:
    parts: list[str] = []
    opened: list[str] = []
    preformatted = 0
    for token in _TOKEN.finditer(fragment):
        text, raw_name = token["text"], token["tag"]
        if text is not None:
            parts.append(_text(text, preformatted > 0))
        elif raw_name is None:
            if token["odd"]:
                raise _UnevenError
        else:
            tag, name, kind = _tag(raw_name, token["rest"])
            if kind is _DROP:
                raise _UnevenError
            if kind is _OPEN:
                opened.append(name)
                preformatted += name == "pre"
            elif kind is _CLOSE:
                if not opened or opened.pop() != name:
                    raise _UnevenError
                preformatted -= name == "pre"
            parts.append(tag)
    if opened:
        raise _UnevenError
    return "".join(parts)


_OPEN, _CLOSE, _SINGLE, _DROP = "open", "close", "single", "drop"


@lru_cache(maxsize=4096)
def _tag(raw_name: str, rest: str) -> tuple[str, str, str]:
    """The tag as written in a page, its name, and what it does to the nesting. Tags of a table repeat by the hundred."""
    name = raw_name.lower()
    if name.startswith("/"):
        if name[1:] in _VOID:
            raise _UnevenError
        return f"<{name}>", name[1:], _CLOSE
    if _DROPPED.match(name) or name in _UNWRAPPED:
        return "", name, _DROP
    closed = rest.rstrip().endswith("/")
    attributes = _attributes(rest.rstrip().removesuffix("/") if closed else rest)
    if name in _VOID:
        return f"<{name}{attributes}/>", name, _SINGLE
    if closed:
        return f"<{name}{attributes}></{name}>", name, _SINGLE
    return f"<{name}{attributes}>", name, _OPEN


def _attributes(rest: str) -> str:
    found: dict[str, str] = {}
    for match in _ATTRIBUTES.finditer(rest):
        name, value = match[1].lower(), match[2] or ""
        if value[:1] in ("'", '"'):
            value = value[1:-1]
        value = unescape(value)
        if _allowed(name, value):
            found.setdefault(name, " ".join(value.split()) if name in _LISTS else value)
    return "".join(f" {name}={_quoted(value)}" for name, value in sorted(found.items()))


def _allowed(name: str, value: str) -> bool:
    if name.startswith(("on", "xmlns")) or name in ("nonce", "is"):
        return False
    if _ADDRESSES.fullmatch(name):
        address = value.strip()
        return (
            address.startswith("#")
            or (name in ("src", "href", "xlink:href") and address.startswith("data:image/"))
            or (name == "href" and bool(_BESIDE.fullmatch(address)))
        )
    return not (name == "style" and _OUTSIDE.search(value))


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _quoted(value: str) -> str:
    escaped = _escaped(value)
    if '"' not in escaped:
        return f'"{escaped}"'
    return f"'{escaped}'" if "'" not in escaped else '"' + escaped.replace('"', "&quot;") + '"'


def _text(text: str, preformatted: bool) -> str:
    if not preformatted and not text.strip(_ASCII_SPACES):
        return "\n" if "\n" in text else " "
    return _escaped(with_direction_shown(unescape(text) if "&" in text else text))


def _parsed(fragment: str) -> str:
    """The fragment as a lenient parser reads it, without the elements a report must not have."""
    soup = BeautifulSoup(fragment, "html.parser")
    for text in soup.find_all(string=lambda text: isinstance(text, PreformattedString)):
        text.extract()
    for tag in soup.find_all(_DROPPED):
        tag.extract()
    for tag in soup.find_all(True):
        if tag.name in _UNWRAPPED or not _NAME.fullmatch(tag.name):
            tag.unwrap()
    return str(soup)


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
