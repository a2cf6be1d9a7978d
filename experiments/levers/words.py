"""What a lever changes, in words."""

from datetime import date

from model.schema import Changes, Condition, Quantity, Scope
from model.schema.directive import Increase, Review, Staffing


def in_words(changes: Changes) -> str:
    """The terms that are otherwise, and what they are.

    >>> from model import load
    >>> levers = load().levers
    >>> in_words(levers["managers-evaluated"].changes), in_words(levers["training-agreed"].changes)
    ('evaluation 0.9', 'union consents')
    >>> in_words(levers["minor-convictions"].changes)
    'in scope level none/immigration/level-3, groups humanitarian'
    >>> in_words(levers["adjudicators"].changes)
    'to uscis.centres; moves review to uscis.centres; staff uscis.centres +130 after 0 days'
    """
    return "; ".join(_said(name.replace("_", " "), getattr(changes, name)) for name in changes.terms())


def _said(name: str, value: object) -> str:
    if isinstance(value, bool):
        return name if value else f"not {name}"
    if isinstance(value, Scope):
        return f"in scope {' or '.join(map(_condition, value.include)) or 'nobody'}"
    if isinstance(value, Review):
        return f"{name} of what waits at {value.pending_at}, by {value.by}"
    if isinstance(value, list):
        return f"{name} {', '.join(map(str, value)) or 'nobody'}"
    if isinstance(value, dict):
        return f"{name} {', '.join(f'{key} {_entry(entry)}' for key, entry in value.items())}"
    return f"{name} {_entry(value)}"


def _condition(one: Condition) -> str:
    facts = one.model_dump(exclude_defaults=True)
    return ", ".join(f"{fact} {'/'.join(map(str, known)) if isinstance(known, list) else known}"
                     for fact, known in facts.items())  # fmt: skip


def _entry(value: object) -> str:
    if isinstance(value, Quantity):
        return f"{value.value:,g}"
    if isinstance(value, Staffing):
        return f"+{value.amount.value:,g} after {value.delay.value:g} days"
    if isinstance(value, Increase):
        total = sum(more.value for more in (value.amount, *value.amounts.values()) if more)
        return f"+{total:,g} after {value.delay.value:g} days"
    return value.isoformat() if isinstance(value, date) else f"to {value}" if isinstance(value, str) else str(value)
