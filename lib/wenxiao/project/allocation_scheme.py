"""How money is shared out by factors and results (结果应用), as a profile states it.

The sharing itself is in `wenxiao.evaluation.allocation`.
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field, model_validator

from wenxiao.model.errors import nearest
from wenxiao.project.strictness import Exactly, Share, Strict


class Factor(Strict):
    """One factor: its label, its weight among the factors of its part, and the coefficient its values are taken times.

    `weight` is open (null) where the rules leave it to whoever shares out; it must be given before sharing.
    """

    label: str = Field(min_length=1)
    weight: Exactly | None = Field(gt=0)
    coefficient: str = ""


class Part(Strict):
    """A part of the money with its own factors; `share` is its share of the total."""

    share: Share
    factors: dict[str, Factor] = Field(min_length=1)


class Scheme(Strict):
    """A rule for sharing out: its parts, the coefficients by key, and how shares become whole units.

    Shares are cut to `places` decimals of 万元; what is left goes, one unit each, to the largest remainders, ties by order.
    `amount` is the money to share out, in 万元; a rule without one cannot be tried out. `values` are figures that no table
    gives (财政困难程度系数), by key and place.
    """

    title: str = Field(min_length=1)
    source: str = Field(min_length=1)
    parts: dict[str, Part] = Field(min_length=1)
    coefficients: dict[str, str] = Field(default_factory=dict)
    places: int = Field(default=2, ge=0, le=6)
    amount: Exactly | None = Field(default=None, gt=0)
    values: dict[str, dict[str, Exactly]] = Field(default_factory=dict)
    remainder: Literal["largest"] = "largest"

    @model_validator(mode="after")
    def _whole(self) -> Scheme:
        shares = sum(part.share for part in self.parts.values())
        if shares != 1:
            raise ValueError(f"各部分的 share 合计 {shares}，应为 1")
        for name, part in self.parts.items():
            known = [factor.weight for factor in part.factors.values() if factor.weight is not None]
            if len(known) == len(part.factors) and sum(known) != 100:
                raise ValueError(f"“{name}”各因素权重合计 {sum(known)}，应为 100")
            for factor in part.factors.values():
                if factor.coefficient and factor.coefficient not in self.coefficients:
                    raise ValueError(
                        f"“{factor.label}”所用的系数“{factor.coefficient}”没有写在 coefficients 中"
                    )
        for key in self.values:
            if key not in self.keys:
                like = nearest(key, self.keys)
                hint = f"，是否为“{like}”" if like else ""
                raise ValueError(f"values 中的“{key}”不是所用的因素或系数{hint}")
        return self

    @property
    def open_weights(self) -> tuple[str, ...]:
        """The factors whose weight the rule leaves to whoever shares out, each by its place in the file."""
        return tuple(
            f"parts.{name}.factors.{key}.weight"
            for name, part in self.parts.items()
            for key, factor in part.factors.items()
            if factor.weight is None
        )

    @property
    def keys(self) -> dict[str, str]:
        """What must be known of each place: key → label, factors before coefficients."""
        factors = {key: factor.label for part in self.parts.values() for key, factor in part.factors.items()}
        used = {factor.coefficient for part in self.parts.values() for factor in part.factors.values()}
        return factors | {key: label for key, label in self.coefficients.items() if key in used}
