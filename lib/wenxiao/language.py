"""The language in which the command speaks: `_("…")` gives the words from the one catalogue, in Chinese or English.

English sentences are the keys; the Chinese ones are in `locale/zh/LC_MESSAGES/wenxiao.po`, kept by `python -m
scripts.catalogue`. A sentence with figures is formatted after it is translated: `_("{made} made").format(made=3)`, never
an f-string. Help texts of commands and options stand as plain English in their decorators: the command translates them when
it shows them (`wenxiao.cli.spoken`). Errors and findings about data are Chinese in any language and stand in no catalogue;
logs and docstrings are English.
"""

from __future__ import annotations

import gettext
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from typing import Literal, get_args

Language = Literal["zh", "en"]

DOMAIN = "wenxiao"
CATALOGUES = Path(__file__).with_name("locale")
LANGUAGES: tuple[Language, ...] = get_args(Language)
VARIABLE = "WENXIAO_LANG"

_LOCALE = ("LC_ALL", "LC_MESSAGES", "LANG")  # the first that is set counts, as everywhere
_CHINESE_ON_WINDOWS = 0x04  # LANG_CHINESE, the low ten bits of a language identifier

gettext.bindtextdomain(DOMAIN, CATALOGUES)


def _(message: str) -> str:
    """The sentence in the language that is spoken; the English one where the catalogue has none.

    >>> with speaking("zh"):
    ...     print(_("Execute parameter files and make their reports."))
    按参数文件运行，生成报告。
    """
    return gettext.dgettext(DOMAIN, message)


def ngettext(one: str, many: str, count: int) -> str:
    """The sentence for so many: `ngettext("{n} error", "{n} errors", n).format(n=n)`."""
    return gettext.dngettext(DOMAIN, one, many, count)


@contextmanager
def speaking(language: Language) -> Iterator[None]:
    """Inside, this process and those it starts speak the language; click too, whose own words are in our catalogue.

    gettext itself holds the language, in the variable LANGUAGE; nothing else remembers it.
    """
    domain, former = gettext.textdomain(), os.environ.get("LANGUAGE")
    gettext.textdomain(DOMAIN)
    os.environ["LANGUAGE"] = language
    try:
        yield
    finally:
        gettext.textdomain(domain)
        if former is None:
            del os.environ["LANGUAGE"]
        else:
            os.environ["LANGUAGE"] = former


def preferred(arguments: Sequence[str] = (), environment: Mapping[str, str] = os.environ) -> Language:
    """The language asked for: by `--lang`, by WENXIAO_LANG, by the locale, by Windows; else English.

    >>> preferred(["run", "--lang", "zh"], {"LANG": "en_US.UTF-8"})
    'zh'
    >>> preferred(["run"], {"LC_ALL": "zh_CN.GB18030"})
    'zh'
    """
    asked = _asked(arguments) or environment.get(VARIABLE, "")
    if asked in LANGUAGES:
        return asked
    locale = next(filter(None, map(environment.get, _LOCALE)), "")
    if not locale and sys.platform == "win32":
        return _of_windows()
    if locale not in {"", "C", "POSIX"} and not locale.startswith("C."):
        locale = environment.get("LANGUAGE") or locale
    return "zh" if locale.startswith("zh") else "en"


def _asked(arguments: Sequence[str]) -> str:
    """What the last `--lang` of a command line says; the command itself complains of what is no language."""
    options = list(arguments)
    if "--" in options:
        options = options[: options.index("--")]
    said = [each.partition("=")[2] for each in options if each.startswith("--lang=")]
    said += [value for option, value in pairwise(options) if option == "--lang"]
    return said[-1] if said else ""


def _of_windows() -> Language:
    """The language of the desktop."""
    if sys.platform == "win32":
        import ctypes  # noqa: PLC0415 - what it needs is there only

        identifier = ctypes.windll.kernel32.GetUserDefaultUILanguage()
        return "zh" if identifier & 0x3FF == _CHINESE_ON_WINDOWS else "en"
    return "en"
