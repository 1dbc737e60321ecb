"""The plain form of a header, by which headers and aliases are compared."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_BRACKETED = re.compile(r"[(\[【][^()\[\]【】]*[)\]】]")
_LATIN_TAIL = re.compile(r"(?<=[\u4e00-\u9fff)）])\s+[A-Za-z][A-Za-z.,;:'&/()\-%#\s0-9]*$")
_PREFIXES = (
    re.compile(r"^[#*]+"),
    re.compile(r"^其中[:,、]?"),
    re.compile(
        r"^((截至|截止)\d{4}年?(\d{1,2}月)?(\d{1,2}日|底|末)?|\d{4}年?(\d{1,2}月(?=\d|底|末)|12月)?(\d{1,2}日|底|末)?(度|期)?)"
    ),
    re.compile(r"^(0?1月?[-—–~至到]12月份?|(截至|截止)(全年|年末|年底|12月(份|底|末|31日))|年末|年底)"),
    re.compile(r"^(本|当|全)?年度?(?=.{2})"),
)
_SUFFIXES = (re.compile(r"(情况|明细)$"), re.compile(r"(?<=.{2})(金额|数额)$"))


def tidy(text: str) -> str:
    r"""`text` with full-width letters and digits made plain, escapes decoded, and every blank and line break gone.

    >>> tidy("地    区_x000D_\n（万　元）")
    '地区(万元)'
    """
    decoded = _ESCAPED.sub(lambda match: _sign(int(match[1], 16)), text)
    return "".join(unicodedata.normalize("NFKC", decoded).split())


def _sign(code: int) -> str:
    return "\ufffd" if 0xD800 <= code < 0xE000 else chr(code)


@lru_cache(maxsize=65536)
def plain(text: str) -> str:
    r"""The plain form of a header: tidy, lower case, without bracketed units and notes and without a Latin translation.

    >>> plain("预 算 数（万元）"), plain("教育支出\nExpenditure for\nEducation"), plain("得分 (a)")
    ('预算数', '教育支出', '得分')
    """
    bare = tidy(_LATIN_TAIL.sub("", text.strip()))
    return (_BRACKETED.sub("", bare) or bare).strip(":,;、。*").casefold()


@lru_cache(maxsize=65536)
def shorter_forms(text: str) -> tuple[str, ...]:
    """The plain form without year, 其中 and such ornaments, longest first; empty where there are none to drop.

    >>> shorter_forms("截至2024年12月31日累计支付"), shorter_forms("其中：支出数"), shorter_forms("预算安排金额")
    (('累计支付',), ('支出数',), ('预算安排',))
    """
    forms: list[str] = []
    form = plain(text)
    for pattern in (*_PREFIXES, *_SUFFIXES):
        shorter = pattern.sub("", form)
        if shorter and shorter != form:
            forms.append(shorter)
            form = shorter
    return tuple(forms)


_RATE = re.compile(r"(?:进度|比例|比率|百分比)$")
_AMOUNT = re.compile(r"(?<=.{2})(?:数额?|总?额|金额|资金|款项?|情况)+$")
_DONE = re.compile(r"^(?:实际|累计|已)+(?=.{2})")


@lru_cache(maxsize=65536)
def stem(text: str) -> str:
    """The plain form of a header without the words that only say that it is an amount; a rate by whatever word ends in 率.

    未, 应, 拟, 剩余 and the like change the amount and stay.

    >>> stem("安排金额"), stem("安排资金"), stem("支出进度"), stem("未拨付金额")
    ('安排', '安排', '支出率', '未拨付')
    """
    form = next(iter(reversed(shorter_forms(text))), plain(text))
    return _AMOUNT.sub("", _RATE.sub("率", form))


def stems(text: str) -> tuple[str, ...]:
    """The stem of a header, and the same without 实际, 累计 and 已 where they stand before it: 实际下达额 is 下达.

    >>> stems("实际下达额"), stems("投资")
    (('实际下达', '下达'), ('投资',))
    """
    whole = stem(text)
    return tuple(dict.fromkeys((whole, _DONE.sub("", whole))))


_CENTURY = r"(?:19|20)\d{2}"
_ONE_YEAR = re.compile(
    rf"(?<![\d.至到\-—–~～/])(?<!截[至止])({_CENTURY})(?:年度|年份|年)?+(?![度\d\-—–~～至到底末初]|[./]\d)(?!\d{{1,2}}月)"
)
_ANY_YEAR = re.compile(rf"(?<!\d){_CENTURY}(?!\d)")


@lru_cache(maxsize=65536)
def year_in(text: str) -> tuple[str, str]:
    """The one year a text names and the text without it; empty and the text where it names none, or a span or a date.

    >>> year_in("2021年度预算数（万元）"), year_in("预算数（2022）"), year_in("2023")
    (('2021', '预算数(万元)'), ('2022', '预算数'), ('2023', ''))
    >>> year_in("2021—2023年预算"), year_in("截至2024年12月31日累计支付")
    (('', '2021—2023年预算'), ('', '截至2024年12月31日累计支付'))
    """
    line = tidy(text)
    found = _ONE_YEAR.search(line)
    if found is None or len(set(_ANY_YEAR.findall(line))) > 1:
        return "", line
    return found[1], (line[: found.start()] + line[found.end() :]).replace("()", "").replace("[]", "")
