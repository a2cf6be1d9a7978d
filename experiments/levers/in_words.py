"""What a lever changes, and what of it has a price, in words."""

from datetime import date

from model.schema import Changes, Condition, Quantity, Scenario, Scope, World
from model.schema.directive import Increase, Review, Staffing
from model.world.streams import within


def in_words(changes: Changes) -> str:
    """The terms that are otherwise, and what they are.

    >>> from model import load
    >>> levers = load().levers
    >>> in_words(levers["managers-evaluated"].changes), in_words(levers["training-agreed"].changes)
    ('evaluation 0.9', 'union consents')
    >>> in_words(levers["minor-convictions"].changes)
    'in scope level none/immigration/level-3, groups humanitarian'
    >>> in_words(levers["adjudicators"].changes)
    'to eoir.judges; moves review to eoir.judges; staff eoir.judges +130 after 0 days'
    """
    return "; ".join(_said(name.replace("_", " "), getattr(changes, name)) for name in changes.terms())


def priced(world: World, scenario: Scenario) -> str:
    """What the dollars of a scenario are made of, and what has no price in them.

    >>> from model import load
    >>> world = load()
    >>> priced(world, world.scenarios["daca-2012"]).split(". ")[1].split("; ")[0]
    'Without a price: Deputised police (287(g))'
    """
    here = within(world, scenario)
    units = [unit for agency in here.agencies.values() for unit in agency.units.values()]
    free = [unit.title for unit in units if unit.cost is None]
    free += [resource.title for resource in here.resources.values() if resource.cost is None]
    others = "writing an order, training, monitoring and evaluation, and what it means to the people concerned"
    return (
        "Dollars are the hours that officers spend on decisions, the whole pay of people whom a lever adds, and days "
        f"of beds in use. Without a price: {'; '.join([*free, others])}."
    )


def _said(name: str, value: object) -> str:
    if isinstance(value, bool):
        return name if value else f"{name}: no"
    if isinstance(value, Scope):
        return f"in scope {' or '.join(map(condition, value.include)) or 'nobody'}"
    if isinstance(value, Review):
        return f"{name} of what waits at {value.pending_at}, by {value.by}"
    if isinstance(value, list):
        return f"{name} {', '.join(map(str, value)) or 'nobody'}"
    if isinstance(value, dict):
        return f"{name} {', '.join(f'{key} {_entry(entry)}' for key, entry in value.items())}"
    return f"{name} {_entry(value)}"


def condition(one: Condition) -> str:
    """The facts that a condition asks for, in the words of the files.

    >>> from model.schema import Between, Days
    >>> condition(Condition(charge=["drugs"], age=Between(max=17), numbers={"entries": Between(min=1, max=2)}))
    'charge drugs, age at most 17, entries 1 to 2'
    >>> condition(Condition(entered=Days(first=date(2014, 1, 1))))
    'entered from 2014-01-01'
    """
    facts = one.model_dump(exclude_defaults=True)
    facts |= facts.pop("numbers", {})
    return ", ".join(f"{fact} {_known(known)}" for fact, known in facts.items())


def _known(fact: object) -> str:
    """What a condition asks of one fact: names, limits, or yes or no."""
    if isinstance(fact, dict) and {"first", "last"} & fact.keys():
        return " ".join(f"{word} {fact[end]}" for end, word in (("first", "from"), ("last", "to")) if end in fact)
    if isinstance(fact, dict):
        least, most = fact.get("min"), fact.get("max")
        if least is not None and most is not None:
            return f"{least:g} to {most:g}"
        return f"at least {least:g}" if least is not None else f"at most {most:g}"
    if isinstance(fact, bool):
        return "yes" if fact else "no"
    return "/".join(map(str, fact)) if isinstance(fact, list) else str(fact)


def _entry(value: object) -> str:
    if isinstance(value, Quantity):
        return f"{value.value:,g}"
    if isinstance(value, Staffing):
        hours = f" at {value.hours.value:g} hours a day" if value.hours is not None else ""
        return f"+{value.amount.value:,g}{hours} after {value.delay.value:g} days"
    if isinstance(value, Increase):
        total = sum(more.value for more in (value.amount, *value.amounts.values()) if more)
        return f"+{total:,g} after {value.delay.value:g} days"
    return value.isoformat() if isinstance(value, date) else f"to {value}" if isinstance(value, str) else str(value)
