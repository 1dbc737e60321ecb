"""Errors in money, points and totals; each changes one thing of a form that agrees and leaves the rest agreeing."""

from __future__ import annotations

import random
from decimal import Decimal

from tests.evaluation.filled_forms import PLANTS, Form, Line, plain, rounded

Marks = tuple[str, ...]


def number(value: object) -> Decimal:
    """Returns a figure of the form as a number."""
    return Decimal(str(value))


def quiet(form: Form) -> None:
    """Takes figures out of the goals, so that a changed value contradicts no text."""
    form.goal = (f"保障{form.project}有序实施。", f"{form.project}有序实施，主要任务见下表。")


def spend(form: Form, share: Decimal) -> None:
    """Sets the spending to a share of the budget, with rate, points, cost and total to match."""
    for source in form.sources:
        source[3] = rounded(number(source[2]) * share, 2)
    form.whole[2] = sum((number(source[3]) for source in form.sources), Decimal(0))
    ratio = number(form.whole[2]) / number(form.whole[1])
    form.rate = f"{rounded(ratio * 100, 2)}%"
    form.rate_score = rounded(min(ratio, Decimal(1)) * number(form.rate_weight), 2)
    for line in form.lines:
        if line.kind == "cost":
            line.actual = f"{plain(number(form.whole[2]))}万元"
    form.sum_up()


def all_met(line: Line) -> None:
    """Sets an indicator to be met with full marks."""
    if line.aim:
        line.actual = f"{plain(line.aim)}{line.unit}"
    line.score, line.reason = line.weight, ""


def rate_score(form: Form, rng: random.Random) -> Marks:
    """Full points for a rate below 100%, points of another rate, or a digit lost."""
    due, whole = number(form.rate_score), number(form.rate_weight)
    choices = [due - Decimal("0.5"), due - 1, due - whole / 5, rounded(due * Decimal("0.9"), 1)]
    if whole - due >= Decimal("0.4"):
        choices += [whole] * 3
    form.rate_score = rng.choice(choices)
    form.sum_up()
    return ("rate_score",)


def rate(form: Form, rng: random.Random) -> Marks:
    """The rate of the initial budget, of another year, or 100% for less."""
    printed, initial = number(str(form.rate)[:-1]), number(form.whole[0])
    choices = [printed - rng.choice((2, 4, 9)), rounded(printed * Decimal("0.9"), 2)]
    if abs(initial - number(form.whole[1])) * 50 > initial and form.layout["style"] == "official":
        choices.append(rounded(number(form.whole[2]) / initial * 100, 2))
    if printed < 98:
        choices.append(Decimal(100))
    form.rate = f"{plain(rng.choice(choices))}%"
    return ("rate",)


def score_above(form: Form, rng: random.Random) -> Marks:
    """More points than there are, for an indicator or for the execution."""
    if rng.random() < 0.2:
        form.rate_score = number(form.rate_weight) + rng.choice((1, 2))
        form.sum_up()
        return ("rate_score", "rate_weight")
    k = rng.randrange(len(form.lines))
    form.lines[k].score = form.lines[k].weight + rng.choice((Decimal("0.5"), 1, 3))
    form.sum_up()
    return (f"{k}/score", f"{k}/weight", f"{k}/name")


def weights(form: Form, rng: random.Random) -> Marks:
    """Points of one or two indicators raised or lowered; the printed total of points stays 100."""
    some = [k for k, line in enumerate(form.lines) if line.score == line.weight and line.weight > 4]
    if not some:
        return ()
    for k in rng.sample(some, min(len(some), rng.choice((1, 1, 2)))):
        form.lines[k].weight += rng.choice((-3, 2, 5))
        form.lines[k].score = form.lines[k].weight
    if sum(line.weight for line in form.lines) == 100 - number(form.rate_weight):
        return ()
    form.sum_up()
    return (*(f"{j}/weight" for j in range(len(form.lines))), "rate_weight", "weights", "total")


def total(form: Form, rng: random.Random) -> Marks:
    """A total that leaves out a line or the execution, has its digits swapped, or is a former draft."""
    held = number(form.total)
    line = rng.choice(form.lines)
    form.total = rng.choice(
        (held - number(form.rate_score), held - line.score, held + 1, held - Decimal("0.5"), held - 10)
    )
    return ("total",)


def above_budget(form: Form, rng: random.Random) -> Marks:
    """More spent than the budget, the rest agreeing."""
    spend(form, Decimal(rng.choice(("1.04", "1.0833", "1.15", "1.27"))))
    for line in form.lines:
        if line.kind == "cost":
            line.target, line.actual = "≤99999万元", line.actual
    return ("whole/spent", "rate", "whole/budget", "rate_score")


def sources(form: Form, rng: random.Random) -> Marks:
    """One source changed, or 0 for what its whole has; the year's whole stays."""
    k, part = rng.randrange(len(form.sources)), rng.choice((2, 3))
    held = number(form.sources[k][part])
    if part == 3:
        form.sources[k][3] = rng.choice((Decimal(0), rounded(held / 2, 2))) if held else Decimal(-1)
    else:
        form.sources[k][2] = held + rng.choice((5, 18, 40))
    if number(form.sources[k][3]) < 0:
        return ()
    name = "budget" if part == 2 else "spent"
    return (f"source{k}/{name}", f"whole/{name}")


def nothing_spent(form: Form, rng: random.Random) -> Marks:
    """Next to nothing spent, and every output done."""
    spend(form, Decimal(rng.choice(("0", "0", "0.02", "0.08"))))
    for line in form.lines:
        if line.level1 == "产出指标" and line.kind in ("count", "share"):
            all_met(line)
    quiet(form)
    form.sum_up()
    done = [f"{k}/actual" for k, line in enumerate(form.lines) if line.level1 == "产出指标"]
    return ("whole/spent", "rate", *done)


def little_done(form: Form, rng: random.Random) -> Marks:
    """All spent, and the outputs a third done, with honest points and reasons."""
    spend(form, Decimal(1))
    marks = ["whole/spent", "rate"]
    for k, line in enumerate(form.lines):
        if line.level2 == "数量指标":
            done = max(Decimal(1), (line.aim * rng.choice((20, 30, 35)) / 100).to_integral_value())
            line.actual = f"{done}{line.unit}"
            line.score, line.reason = rounded(line.weight * done / line.aim, 2), "施工进场晚，下年继续"
            marks.append(f"{k}/actual")
    quiet(form)
    form.sum_up()
    return tuple(marks)


def money_unit(form: Form, rng: random.Random) -> Marks:
    """Amounts in 元 or in thousands under a label of 万元; the texts keep their 万元."""
    times = rng.choice((10_000, 10_000, 1000))
    for row in (form.whole, *form.sources):
        for c, value in enumerate(row):
            if isinstance(value, Decimal):
                row[c] = value * times
    return ("whole/budget", "whole/spent")


def spent_empty(form: Form, rng: random.Random) -> Marks:
    """No spending beside a rate and its points."""
    for row in (form.whole, *form.sources):
        row[-1] = rng.choice(("", "/")) if row is form.whole else ""
    return ("whole/spent", "rate", "rate_score")


def grade_wrong(form: Form, rng: random.Random) -> Marks:
    """A grade that its total does not have."""
    return PLANTS["等级与得分"](form, rng)


def year(form: Form, rng: random.Random) -> Marks:
    """A year that no form of now is of."""
    form.title = form.title.replace(str(form.year), held := str(rng.choice((2202, 2204, 1024, 2036, 1923))))
    form.year = int(held)
    return ("year",)


def score_empty(form: Form, rng: random.Random) -> Marks:
    """No points for an indicator; the total with or without them."""
    k = rng.randrange(len(form.lines))
    form.lines[k].score = ""  # type: ignore[assignment]
    if rng.random() < 0.5:
        form.sum_up()
    return (f"{k}/score", f"{k}/weight", f"{k}/name", f"{k}/actual", "total")


def level_missing(form: Form, rng: random.Random) -> Marks:
    """No effects, or no satisfaction; their points stand elsewhere."""
    gone = rng.choice(("效益指标", "效益指标", "满意度指标"))
    lost = sum((line.weight for line in form.lines if line.level1 == gone), Decimal(0))
    form.lines = [line for line in form.lines if line.level1 != gone]
    line = next((line for line in form.lines if line.score == line.weight), None)
    if line is None:
        return ()
    line.weight += lost
    line.score = line.weight
    form.sum_up()
    return ("*",)
