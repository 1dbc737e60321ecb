"""Grade bands (等级): labels and cut-offs, without gaps and overlaps, read half-open."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

from pydantic import AliasChoices, Field

from wenxiao.model import decimal_text
from wenxiao.project.strictness import Exactly, Strict


class Band(Strict):
    """One grade: its label, the lowest score that earns it, and the other words used for it.

    A file gives `from` alone, or `low` and `high` as the rules print them: 80–89 below 90–100.
    """

    label: str = Field(min_length=1)
    lowest: Exactly = Field(
        alias="from", validation_alias=AliasChoices("from", "low", "lowest"), ge=0, le=1000
    )
    high: Exactly | None = None
    aliases: tuple[str, ...] = ()

    @property
    def printed(self) -> str:
        """The band as the rules print it: 80–89, or 80 分起."""
        low = decimal_text(self.lowest)
        return f"{low} 分起" if self.high is None else f"{low}–{decimal_text(self.high)}"


def check_bands(bands: tuple[Band, ...], full: Decimal) -> None:
    """Raises ValueError with a Chinese sentence for bands that overlap, leave a gap, or share a name."""
    for upper, lower in pairwise(bands):
        if upper.lowest <= lower.lowest:
            raise ValueError(f"等级须由高到低排列，“{upper.label}”之后的“{lower.label}”分数线不低于它")
    if bands[-1].lowest != 0:
        raise ValueError(f"最低一级“{bands[-1].label}”须从 0 分起，否则有分数无等级")
    words = [word for band in bands for word in (band.label, *band.aliases)]
    twice = next((word for word in words if words.count(word) > 1), None)
    if twice is not None:
        raise ValueError(f"等级名称“{twice}”出现两次")
    _check_highs(bands, full)


def _check_highs(bands: tuple[Band, ...], full: Decimal) -> None:
    top = bands[0].high
    if top is not None and top != full:
        raise ValueError(f"最高一级“{bands[0].label}”到 {top} 为止，满分是 {decimal_text(full)}")
    for upper, lower in pairwise(bands):
        if lower.high is None:
            continue
        if lower.high > upper.lowest:
            raise ValueError(
                f"等级重叠：“{lower.label}”到 {lower.high} 为止，“{upper.label}”从 {upper.lowest} 起"
            )
        if lower.high + _last_digit(lower.high) < upper.lowest:
            raise ValueError(
                f"等级有空档：“{lower.label}”到 {lower.high} 为止，“{upper.label}”从 {upper.lowest} 起，其间没有等级"
            )


def _last_digit(value: Decimal) -> Decimal:
    return Decimal((0, (1,), min(0, int(value.as_tuple().exponent))))


def band_note(bands: tuple[Band, ...]) -> str:
    """The sentence on how bands printed with both ends are read, '' where they leave nothing open.

    >>> from decimal import Decimal
    >>> band_note((Band(label="优", low=Decimal(90), high=Decimal(100)), Band(label="良", low=Decimal(0), high=Decimal(89))))
    '等级按“优”90–100、“良”0–89 列示，相邻两级之间的分数（如 89.5）没有写明归属，按左闭右开读取：不足 90 分的归“良”。'
    """
    for upper, lower in pairwise(bands):
        if lower.high is not None and lower.high < upper.lowest:
            listed = "、".join(f"“{band.label}”{band.printed}" for band in bands)
            between = decimal_text(lower.high + _last_digit(lower.high) / 2)
            return (
                f"等级按{listed} 列示，相邻两级之间的分数（如 {between}）没有写明归属，"
                f"按左闭右开读取：不足 {decimal_text(upper.lowest)} 分的归“{lower.label}”。"
            )
    return ""
