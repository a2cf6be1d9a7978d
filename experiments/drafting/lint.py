"""A draft looked over as somebody would who has drafted many: rules, each a function from a draft to its remarks."""

from collections.abc import Callable, Iterator

from experiments.drafting import downstream, means, others, text
from experiments.drafting.laid import Laid, laid
from experiments.drafting.reading import Draft
from experiments.drafting.remark import GRADES, Remark

Rule = Callable[[Laid], Iterator[Remark]]
RULES: tuple[Rule, ...] = (
    text.nobody_named,
    text.silent_groups,
    text.latitude,
    text.bound_by_law,
    text.kept_by_custom,
    others.addressed_in_vain,
    others.offices_left,
    means.hours,
    means.capacity,
    means.nobody_answers,
    means.not_on_paper,
    means.training,
    others.contradicts,
    others.ends_too_much,
    others.ends_nothing,
    others.counted_otherwise,
    downstream.not_told,
)


def lint(draft: Draft) -> list[Remark]:
    """The remarks on a draft, the gravest first; those of one grade in the order of the rules.

    >>> from experiments.drafting.reading import draft_of
    >>> [remark.rule for remark in lint(draft_of("memo", "two-desks"))]
    ['nobody answers']
    """
    here = laid(draft)
    found = [remark for rule in RULES for remark in rule(here)]
    return sorted(found, key=lambda remark: GRADES.index(remark.grade))
