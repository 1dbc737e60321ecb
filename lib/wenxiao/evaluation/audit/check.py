"""What a check is: a code, a name, what it compares, and where its constraints or findings come from."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from wenxiao.evaluation.audit.constraint import Agreement
from wenxiao.evaluation.evaluation import Evaluation
from wenxiao.fields.relations import standard_relations
from wenxiao.model import CellRef, Expression, Finding, inputs_of


@dataclass(frozen=True, slots=True)
class Check:
    """One check of the audit (勾稽核对); `title` and `rule` make up its line in the documentation.

    A check without them is of a relation that `fields/relations.yaml` declares, and takes both from there.
    `also` are the codes of its findings beside `code`. A check of figures states what must agree (`constrain`) and leaves the
    judging to one place; one looks `over` what all of them state; any other finds differences itself.
    """

    code: str
    title: str = ""
    rule: str = ""
    constrain: Callable[[Evaluation], Iterable[Agreement]] | None = None
    find: Callable[[Evaluation], Iterable[Finding]] | None = None
    also: tuple[str, ...] = ()
    over: Callable[[Sequence[Agreement]], Iterable[Finding]] | None = None

    @property
    def declared(self) -> Check | None:
        """The check with its title and rule; None where it is of a relation that is not declared."""
        relation = standard_relations().by_code.get(self.code)
        if self.title:
            return self
        return None if relation is None else replace(self, title=relation.title, rule=relation.rule)

    @property
    def codes(self) -> tuple[str, ...]:
        """Every code its findings bear."""
        return (self.code, *self.also)


def cells_of(*parts: Expression | None) -> tuple[CellRef, ...]:
    """The cells the given figures rest on, each once, in reading order."""
    found: dict[CellRef, None] = {}
    for part in parts:
        if part is not None:
            for given in inputs_of(part):
                if given.cell is not None:
                    found.setdefault(given.cell)
    return tuple(found)
