"""What a 备注 of a review says: the rules it names, the shares and points that it says were taken off."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from wenxiao.fields.wording import tidy
from wenxiao.project.review_rule import ReviewRule

_CLAUSE = re.compile(r"[，,。；;、\n]")
_NUMBER = r"(\d+(?:\.\d+)?)"
_TAKEN = r"(?<![不未免])(?:扣|核减|调减)"
_SHARES = (
    re.compile(rf"{_TAKEN}[^\d，,。；;%％]{{0,10}}{_NUMBER}\s*[%％]"),
    re.compile(rf"按\s*{_NUMBER}\s*[%％][^\d，,。；;]{{0,6}}(?<![不未免])扣"),
    re.compile(rf"(?<![\d.%％])[-−－]\s*{_NUMBER}\s*[%％]"),
)
_ALL = re.compile(r"不予?[得计]分(?=$|[，,。；;、）)\s])|[得计]\s*0\s*分")
_POINTS = re.compile(rf"{_TAKEN}(?:\s*[\d.]+\s*[%％]\s*[（(])?[^\d，,。；;%％]{{0,4}}{_NUMBER}\s*分")


@dataclass(frozen=True)
class Note:
    """A 备注: its text, the shares and points it says were taken off, and the codes of the rules it names.

    >>> note = Note.of("无佐证材料，扣60%（6分）", {"no-evidence": ReviewRule(title="没有佐证", words=["无佐证"])})
    >>> note.shares, note.points, note.rules
    ((Fraction(3, 5),), (Fraction(6, 1),), ('no-evidence',))
    >>> Note.of("完成率 60%，不扣分", {}).shares
    ()
    """

    text: str
    shares: tuple[Fraction, ...]
    points: tuple[Fraction, ...]
    rules: tuple[str, ...]

    @classmethod
    def of(cls, text: str, rules: Mapping[str, ReviewRule]) -> Note:
        """What a text says by these rules."""
        words = tidy(text)
        shares = sorted((match.start(1), match[1]) for each in _SHARES for match in each.finditer(words))
        found = {place: Fraction(number) / 100 for place, number in shares}
        found |= {match.start(): Fraction(1) for match in _ALL.finditer(words)}
        return cls(
            text,
            tuple(found.values()),
            tuple(Fraction(match[1]) for match in _POINTS.finditer(words)),
            tuple(code for code, rule in rules.items() if _names(words, rule)),
        )

    def named(self, rules: Mapping[str, ReviewRule], indicator: str) -> list[ReviewRule]:
        """The rules it names that are about an indicator, given as its path."""
        return [rules[code] for code in self.rules if rules[code].under in indicator]


def _names(text: str, rule: ReviewRule) -> bool:
    """Whether some clause holds the words of one of the rule's phrases in their order, and neither it nor a later one takes them back."""
    clauses = _CLAUSE.split(text)
    for number, clause in enumerate(clauses):
        rest = "，".join(clauses[number:])
        if any(re.search(".*".join(map(re.escape, phrase.split())), clause) for phrase in rule.words):
            return not any(
                re.search(f"(?<![未没不])(?<!没有){re.escape(word)}", rest) for word in rule.unless
            )
    return False
