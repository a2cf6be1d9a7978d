"""An explanation as a paragraph, generated from its terms: what weighs most is said first."""

from model.arithmetic import sigmoid
from model.explain.parts import Explanation
from model.rule.decision import likely
from model.rule.terms import TERMS, Detail
from model.rule.terms.term import SLIGHT, Parts
from model.schema.phrases import chance, listed, signed


def paragraph(made: Explanation, whose: str) -> str:
    """Why, for a reader of law: the chance, the law, the look, and what weighs once the case is looked at."""
    sentences = (
        _outcome(made, whose), _law(made), _custom(made), _look(made), _weighed(made),
        _unheard(made.details["directive"]), _unseen(made.details["equities"]),
    )  # fmt: skip
    return " ".join(sentence for sentence in sentences if sentence)


def _outcome(made: Explanation, whose: str) -> str:
    low, high = made.spread.low, made.spread.high
    said = f"Before {whose}, the chance of “{made.labels['favourable']}” is {chance(made.probability)}"
    if made.law is not None or chance(low) == chance(high):
        return f"{said}."
    return f"{said} (between {chance(low)} and {chance(high)} before eight officers in ten)."


def _where_free(made: Explanation) -> float:
    """The chance of the favourable outcome where neither law nor custom leaves no choice."""
    return likely(made.notice, made.judgment, float(made.unnoticed == "favourable"))


def _law(made: Explanation) -> str:
    if made.law is None:
        return ""
    verb = "bars" if made.law.must == "unfavourable" else "demands"
    return (
        f"The law {verb} it and leaves the officer no choice: {made.law.title} ({made.law.source}). "
        f"Were it not for the law, the chance would be {chance(_where_free(made))}."
    )


def _custom(made: Explanation) -> str:
    if made.custom is None:
        return ""
    of_the_rest = chance(_where_free(made))
    return (
        f"Custom settles {chance(made.custom.share)} of such cases unweighed as “{made.labels[made.custom.must]}”: "
        f"{made.custom.title.lower()} ({made.custom.source}). Of those that are weighed, the chance is {of_the_rest}."
    )


def _look(made: Explanation) -> str:
    habit, mandated = made.attention["habit"], made.attention["mandated"]
    if habit > 0.9:
        share = "all" if made.notice >= 1.0 else chance(made.notice)
        return f"Reading each file is the task here: {share} are weighed one by one."
    said = f"Custom brings {chance(habit)} of such files to an individual look"
    orders = [f"“{part.title}”" for part in made.details["directive"] if _asks_for_a_look(part)]
    if orders:
        said += f", and {listed(orders)}, as far as it has come down, {chance(mandated)}"
    backlog = made.attention["backlog"]
    lost = [f"a backlog of {backlog:.0f} months"] if backlog >= 0.5 else []
    lost += ["the reluctance to inquire into a life"] if made.attention["complexity"] >= 0.25 else []
    if lost:
        said += f"; some of these are lost again to {listed(lost)}"
    rest = f" The rest are “{made.labels['favourable']}”, unlooked-at." if made.unnoticed == "favourable" else ""
    return f"{said}. That leaves {chance(made.notice)}.{rest}"


def _asks_for_a_look(part: Detail) -> bool:
    return float(part.facts["mandate"]) * float(part.facts["exposure"]) >= 0.005


def _weighed(made: Explanation) -> str:
    order = sorted(made.terms, key=lambda name: -abs(made.terms[name]))
    heavy = [name for name in order if abs(made.terms[name]) >= SLIGHT]
    clause = {term.name: term.clause for term in TERMS}
    said = [f"{clause[name](made.details[name])} ({signed(made.terms[name])})" for name in heavy]
    start = f"{chance(sigmoid(made.threshold))} ({signed(made.threshold)} in log-odds)"
    weighs = f"; then, in order of weight, {listed(said)}" if said else ""
    return (
        f"Once a file is looked at, the chance is {chance(made.judgment)}. "
        f"A neutral officer with a neutral case starts at {start}{weighs}."
    )


def _unheard(parts: Parts) -> str:
    """How directives that hardly move the decision come to do so little."""
    slight = [part for part in parts if abs(part.adds) < SLIGHT]
    said = []
    for scope, verb, meaning in _SILENCES:
        here = [part for part in slight if part.facts["scope"] == scope]
        if here:
            names = listed(
                [f"“{part.title}” ({float(part.facts['exposure']):.0%} of it has come down)" for part in here]
            )
            filled = f"{float(here[0].facts['reading']):.0%} of its force"
            said.append(f"{names} {verb[len(here) > 1]} {meaning.format(filled=filled)}")
    return f"What hardly counts: {'; '.join(said)}." if said else ""


_SILENCES = (
    ("in", ("covers", "cover"), "a case like this, without the force to move it"),
    ("out", ("leaves", "leave"), "a case like this out"),
    ("silent", ("says", "say"), "nothing of a case like this; the reader's own culture gives it {filled}"),
)
"""What a text may say of a case, with the verb for one text and for several."""


def _unseen(parts: Parts) -> str:
    unseen = [str(part.facts["said"]) for part in parts if not part.facts["documented"]]
    return f"True, but not on paper and so without weight: {listed(unseen)}." if unseen else ""
