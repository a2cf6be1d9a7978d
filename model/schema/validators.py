"""How a type of the world refuses what it finds: what is wrong, what was found and what is allowed."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Annotated, Any, Literal, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    ModelWrapValidatorHandler,
    ValidationError,
    model_validator,
)
from pydantic_core import ErrorDetails, InitErrorDetails, PydanticCustomError

FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2199, 12, 31)


def refused(
    what: str, *, key: str = "", found: object = None, allowed: str = "", known: Sequence[str] = ()
) -> PydanticCustomError:
    """An error for a validator to raise; ``key`` is the key inside the part that is validated."""
    context = {"what": what, "key": key, "found": found, "allowed": allowed, "known": list(known)}
    return PydanticCustomError("refused", "{what}", context)


class Strict(BaseModel):
    """A part of a world: unknown keys are refused, no type is guessed, and nothing changes once read."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, allow_inf_nan=False)

    @model_validator(mode="wrap")
    @classmethod
    def _knows_its_keys(cls, data: object, handler: ModelWrapValidatorHandler[Self]) -> Self:
        """Refuse keys that are not known, beside whatever is wrong with the others."""
        if not isinstance(data, dict):
            return handler(data)
        known = [field.alias or name for name, field in cls.model_fields.items()]
        unknown = [key for key in data if key not in known]
        if not unknown:
            return handler(data)
        found = [
            InitErrorDetails(type=refused("no such key", key=key, found=key, known=known), input=data)
            for key in unknown
        ]
        try:
            handler({key: value for key, value in data.items() if key in known})
        except ValidationError as error:
            found += [_again(details) for details in error.errors(include_url=False)]
        raise ValidationError.from_exception_data(cls.__name__, found)


def _again(details: ErrorDetails) -> InitErrorDetails:
    """An error of pydantic's, as it takes one in."""
    context = details.get("ctx", {})
    kind = PydanticCustomError("refused", "{what}", context) if details["type"] == "refused" else details["type"]
    return InitErrorDetails(type=kind, loc=details["loc"], input=details["input"], ctx=context)


def one_of(kind: str, names: Sequence[str]) -> AfterValidator:
    """A validator that lets only ``names`` through, and otherwise lists them."""

    def check(value: str) -> str:
        if value not in names:
            raise refused(f"no such {kind}", found=value, known=names)
        return value

    return AfterValidator(check)


def not_empty(every: str) -> AfterValidator:
    """A validator of a list that means every one where it is left out, so that an empty one could mean all or none."""

    def check(value: list[Any]) -> list[Any]:
        if not value:
            allowed = f"one at least; for every {every}, leave the key out"
            raise refused("an empty list, which could mean all or none", found=value, allowed=allowed)
        return value

    return AfterValidator(check)


def matching(pattern: str, what: str, allowed: str) -> AfterValidator:
    """A validator for texts of one form."""

    def check(value: str) -> str:
        if not re.fullmatch(pattern, value):
            raise refused(what, found=value, allowed=allowed)
        return value

    return AfterValidator(check)


def _day(value: Any) -> Any:
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        try:
            value = date.fromisoformat(value)
        except ValueError:
            raise refused("no such day", found=value, allowed="a date such as 2011-06-17") from None
    if type(value) is date and not FIRST_DAY <= value <= LAST_DAY:
        raise refused("a day too far away", found=value, allowed=f"{FIRST_DAY} to {LAST_DAY}")
    return value


def _source(value: str) -> str:
    if len(value.strip()) < 3:
        raise refused("no source", found=value, allowed="a fact of evidence.csv, a publication, or assumed: and why")
    if value.startswith("assumed") and not re.match(r"assumed: \S.{7}", value):
        allowed = '"assumed: " and why, in eight characters or more'
        raise refused("an assumption without its reason", found=value, allowed=allowed)
    return value


def _not_a_flag(value: Any) -> Any:
    if isinstance(value, bool):
        raise refused("not a direction", found=value, allowed="1 or -1")
    return value


Day = Annotated[date, BeforeValidator(_day)]
"""A date of TOML, or the same as a text (in JSON, and as a key)."""

Source = Annotated[str, AfterValidator(_source)]
"""A fact of ``evidence.csv`` by its id, a publication, or ``assumed: `` and why."""

Name = Annotated[str, matching(r"[A-Za-z0-9][A-Za-z0-9_-]*", "a name that cannot be used", "letters, digits, - and _")]
"""What an entry of a world is called; dots are kept for paths."""

Direction = Annotated[Literal[1, -1], BeforeValidator(_not_a_flag)]
"""+1 towards leniency, -1 towards enforcement."""
