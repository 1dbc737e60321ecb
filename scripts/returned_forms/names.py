"""What counties call the files they return."""

from __future__ import annotations

import random

_KINDS = ("填报表", "项目绩效评价县区填报表", "绩效评价数据", "老旧小区改造数据表", "报送")
_TAILS = ("", "", "（盖章）", "-最终版", "（最终版2）", " 新建", "20260110", "(1)", " - 副本", "【已核】")
_HOSTILE = (
    "=cmd|' /C calc'!A0", "<img src=x onerror=alert(1)>", "'; DROP TABLE returned;--", "$(touch x)", "`id`", "%s%n{0}", "-rf",
    "\u202exslx.", "..%2f..%2fetc", "a" * 120, "换\n行", "CON", "&lt;b&gt;", "[表]#1", "~", "🙂", "_x000D_", "{{7*7}}", "@SUM(1)",
)  # fmt: skip


def file_name(county: str, suffix: str, dice: random.Random) -> str:
    """A name with the county in it, in the ways it is written; sometimes below a folder of the county."""
    short = county.removesuffix("县").removesuffix("区").removesuffix("市")
    called = dice.choice(
        (county, county, county, f"{county}住建局", f"1.{county}", f"{short}", " ".join(county))
    )
    kind, tail = dice.choice(_KINDS), dice.choice(_TAILS)
    name = dice.choice((f"{called}{kind}{tail}", f"{kind}_{called}{tail}", f"{called}{tail}"))
    folder = dice.choice(("", "", "", f"{county}/", "1月15日收/", f"{county}/补充/"))
    return f"{folder}{name}{dice.choice((suffix, suffix, suffix.upper()))}"


def hostile_name(county: str, suffix: str, dice: random.Random) -> str:
    """A name that a careless program would run, or not survive; the county stands in it or not."""
    bad = dice.choice(_HOSTILE).replace("/", "")
    return dice.choice((f"{county}{bad}{suffix}", f"{bad}{county}{suffix}", f"{bad}{suffix}"))
