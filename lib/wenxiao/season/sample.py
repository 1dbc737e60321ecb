"""The sample for review (抽查复核): stratified by money, drawn by risk, the same for the same seed, each with its reasons.

Within a stratum each form draws a number from the seed and its own name, and its risk pulls that number up (Efraimidis and
Spirakis, Inf. Process. Lett. 97 (2006) 181–185): u^(1/risk), the largest are taken. How many a stratum gets depends on money and
counts, never on risk. So more risk never takes a form out of the sample.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from hashlib import sha256

from wenxiao.model import Severity
from wenxiao.project import Profile
from wenxiao.season.form import FilledForm
from wenxiao.season.patterns import CONTRADICTIONS

STRATA = ("金额大", "金额中", "金额小", "金额未提供")
"""By 全年预算数: the forms that hold the upper, the middle and the lower third of the money; those that give none."""


@dataclass(frozen=True, eq=False)
class SampledForm:
    """A form of the sample with its stratum, its risk (1 is that of a form nothing is to be said of) and what makes it up."""

    form: FilledForm
    stratum: str
    risk: Decimal
    reasons: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Sample:
    """The forms drawn, by stratum; `strata` are how many each had and how many were drawn of it."""

    seed: int
    drawn: tuple[SampledForm, ...]
    strata: tuple[tuple[str, int, int], ...]


def risk_of(form: FilledForm, profile: Profile) -> tuple[Decimal, tuple[str, ...]]:
    """The risk of a form by the profile's weights, at least 1, and the reasons that add to it."""
    rule = profile.review_sample
    rate = form.rate
    counts = (
        ("错误", form.count(Severity.ERROR), rule.error),
        ("警示", form.count(Severity.WARNING), rule.warning),
        ("支出与产出矛盾", sum(f.code in CONTRADICTIONS for f in form.open_findings), rule.contradiction),
        ("各项指标满分", int(form.all_full), rule.all_full),
        ("完成值都等于指标值", int(form.all_equal), rule.all_equal),
        ("执行率低于 " + f"{rule.low_rate:.0%}", int(rate is not None and rate < rule.low_rate), rule.low),
        ("没有得分或金额", int(form.claimed.quantity is None or rate is None), rule.lacking),
    )
    reasons = tuple(
        f"{word} {n} 项" if n > 1 or word in ("错误", "警示") else word for word, n, _ in counts if n
    )
    return Decimal(1) + sum((weight * n for _, n, weight in counts), Decimal(0)), reasons


def sample_of(forms: Sequence[FilledForm], profile: Profile, size: int = 0, seed: int = 0) -> Sample:
    """A sample of so many forms, of the profile's share of them where `size` is 0.

    Each stratum gets a share by its money, at least one form, none more than it has.
    """
    rule = profile.review_sample
    wanted = min(len(forms), size or max(rule.least, -(-len(forms) * Fraction(rule.share) // 1)))
    strata = _strata(forms)
    numbers = _allotted([(len(own), money) for own, money in strata.values()], int(wanted))
    drawn: list[SampledForm] = []
    for (name, (own, _)), number in zip(strata.items(), numbers, strict=True):
        keyed = []
        for form in own:
            risk, reasons = risk_of(form, profile)
            keyed.append((_drawn(seed, form) ** (1 / float(risk)), SampledForm(form, name, risk, reasons)))
        keyed.sort(key=lambda pair: -pair[0])
        drawn += [each for _, each in keyed[:number]]
    counts = tuple((name, len(own), n) for (name, (own, _)), n in zip(strata.items(), numbers, strict=True))
    return Sample(seed, tuple(drawn), counts)


def _drawn(seed: int, form: FilledForm) -> float:
    """A number above 0 and up to 1 that the seed and the form's place give, whatever else is in the season."""
    digest = sha256(f"{seed}\0{form.path}\0{form.title}".encode()).digest()
    return (int.from_bytes(digest[:7], "big") + 1) / float(1 << 56)


def _strata(forms: Sequence[FilledForm]) -> dict[str, tuple[list[FilledForm], Fraction]]:
    """The strata that have forms, each with its money."""
    money = {id(f): Fraction(q.value) for f in forms if (q := f.amounts["budget"].quantity) is not None}
    whole, so_far = sum(money.values(), Fraction(0)), Fraction(0)
    found: dict[str, list[FilledForm]] = {name: [] for name in STRATA}
    for form in sorted((f for f in forms if id(f) in money), key=lambda f: (-money[id(f)], f.path)):
        found[STRATA[min(2, int(so_far * 3 / whole)) if whole else 2]].append(form)
        so_far += money[id(form)]
    found[STRATA[3]] = [form for form in forms if id(form) not in money]
    return {
        name: (own, sum((money.get(id(f), Fraction(0)) for f in own), Fraction(0)))
        for name, own in found.items()
        if own
    }


def _allotted(strata: Sequence[tuple[int, Fraction]], wanted: int) -> list[int]:
    """How many of each stratum: one each as far as they go, then by money, by count where there is none, none above its size."""
    numbers = [0] * len(strata)
    for i in range(min(wanted, len(strata))):
        numbers[i] = 1
    whole = sum((money for _, money in strata), Fraction(0))
    weights = [(money if whole else Fraction(count)) for count, money in strata]
    while sum(numbers) < wanted:
        open_ = [i for i, (count, _) in enumerate(strata) if numbers[i] < count]
        best = max(open_, key=lambda i: (weights[i] / (numbers[i] + 1), -i))
        numbers[best] += 1
    return numbers
