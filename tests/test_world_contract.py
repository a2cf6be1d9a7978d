"""What every world that ships must keep: it loads, round-trips, cites its evidence, and every parameter moves."""

import copy
import csv
import hashlib
import json
import re
from collections.abc import Iterator
from datetime import date
from typing import Any
from unittest import mock

import pytest

from model import load, worlds
from model.schema import Changes, Directive, Quantity, Shares, World
from model.schema.quantity import UNITS
from model.world.checks import quantities, sources
from model.world.documents import ENTRIES, reaches
from model.world.files import facts
from model.world.levers import amended
from model.world.loader import DEFAULT_WORLD, WORLDS, content_hash, move, read, toml

CITED = re.compile(r"\b[A-Z]\d{2,3}\b")
Parameter = tuple[str, Quantity | Shares]


def _entries(kind: str) -> list[tuple[str, str]]:
    return [(world, name) for world in worlds() for name in getattr(load(world), kind)]


@pytest.fixture(params=worlds())
def world(request: pytest.FixtureRequest) -> World:
    return load(request.param)


def test_it_goes_out_as_json_and_comes_back_the_same(world: World) -> None:
    dumped = world.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    again = World.model_validate(json.loads(json.dumps(dumped)))
    assert again == world
    assert content_hash(again) == content_hash(world)


def test_it_is_named_as_its_folder_and_has_all_kinds_of_entries(world: World) -> None:
    assert load(world.name) == world
    assert world.name != DEFAULT_WORLD or all(getattr(world, kind) for kind in ENTRIES)


def test_every_file_is_an_entry(world: World) -> None:
    for kind in ENTRIES:
        files = {path.stem for path in (WORLDS / world.name / kind).glob("*")}
        own = toml(WORLDS / world.name / "world.toml").get(kind, {})
        assert files | set(own) == set(getattr(world, kind))


def test_every_parameter_has_a_unit_bounds_and_a_source(world: World) -> None:
    found = dict(quantities(world))
    assert len(found) > 50
    for path, quantity in found.items():
        assert re.fullmatch(r"assumed: .{8,}|(?!assumed).{3,}", quantity.source), path
        if isinstance(quantity, Quantity):
            low, high = quantity.bounds
            assert UNITS[quantity.unit][0] <= low <= quantity.value <= high <= UNITS[quantity.unit][1], path
        else:
            assert sum(quantity.shares.values()) == pytest.approx(1.0), path


def test_every_fact_cited_is_in_evidence(world: World) -> None:
    known = facts(WORLDS / world.name)
    cited = {fact: path for path, source in sources(world) for fact in CITED.findall(source)}
    assert bool(cited) == bool(known)
    assert not {fact: path for fact, path in cited.items() if fact not in known}


@pytest.mark.parametrize(("world_name", "name"), _entries("directives"))
def test_every_directive_is_dated_sourced_and_reaches_somebody(world_name: str, name: str) -> None:
    world = load(world_name)
    directive = world.directives[name]
    assert date(1980, 1, 1) < directive.start < date(2030, 1, 1)
    assert len(directive.source) > 10
    assert len(directive.issuer) > 3
    assert set(directive.to) <= {*world.agencies, *world.units()}
    assert any(name in scenario.directives for scenario in world.scenarios.values())


@pytest.mark.parametrize(("world_name", "name"), _entries("levers"))
def test_every_lever_changes_what_it_says_in_directives_that_some_scenario_issues(world_name: str, name: str) -> None:
    world, pulled = load(world_name), amended(load(world_name), name)
    lever = world.levers[name]
    assert lever.question.endswith("?") and len(lever.source) > 10
    for directive, before in world.directives.items():
        after = pulled.directives[directive]
        changed = {term for term in type(before).model_fields if getattr(before, term) != getattr(after, term)}
        assert changed == (set(lever.changes.terms()) if directive in lever.amends else set())
    assert any(set(lever.amends) & set(scenario.directives) for scenario in world.scenarios.values())
    assert pulled.model_copy(update={"directives": world.directives}) == world


def test_a_lever_may_change_every_term_of_a_directive() -> None:
    fixed = {"title", "issuer", "source"}
    assert list(Changes.model_fields) == [term for term in Directive.model_fields if term not in fixed]


@pytest.mark.parametrize(("world_name", "name"), _entries("scenarios"))
def test_every_scenario_asks_a_question_and_has_cases(world_name: str, name: str) -> None:
    world = load(world_name)
    scenario = world.scenarios[name]
    assert scenario.question.endswith("?")
    periods = [period for mix in world.mixes.values() for period in mix.periods]
    assert any(period.first <= scenario.end and period.last >= scenario.start for period in periods)


@pytest.mark.parametrize(("world_name", "name"), _entries("mixes"))
def test_every_mix_says_what_its_people_are_charged_with(world_name: str, name: str) -> None:
    mix = load(world_name).mixes[name]
    some = {level for level, share in mix.levels.shares.items() if share > 0}
    assert not mix.charges or some <= set(mix.charges)


@pytest.mark.parametrize(("world_name", "name"), _entries("cases"))
def test_every_case_is_a_person_with_a_story(world_name: str, name: str) -> None:
    world = load(world_name)
    case = world.cases[name]
    assert len(case.story) > 40
    assert set(case.person.documented) <= set(case.person.equities)
    assert set(case.stages) <= set(world.stages)


@pytest.mark.parametrize("name", worlds())
def test_like_takes_over_what_is_not_said(name: str) -> None:
    document = read(WORLDS / name)
    alike = [(k, n, e["like"]) for k in ENTRIES for n, e in document.own[k].items() if "like" in e]
    assert alike or name != DEFAULT_WORLD
    for kind, entry, like in alike:
        whole, own, base = document.tables[kind][entry], document.own[kind][entry], document.tables[kind][like]
        assert "like" not in whole
        for path, value in _leaves(own):
            if path != ("like",):
                assert _at(whole, path) == value, (entry, path)
        for path, value in _leaves(base):
            if not any(reaches(own, path[:length]) and not _nested(_at(own, path[:length])) for length in _to(path)):
                assert _at(whole, path) == value, (entry, path)


def _to(path: tuple[Any, ...]) -> range:
    return range(1, len(path) + 1)


def _nested(part: Any) -> bool:
    """Whether a table is merged with what it is like, rather than taking its place, as an empty one does."""
    return isinstance(part, dict) and bool(part) and not {"shares", "value"} & set(part)


def _leaves(part: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[tuple[Any, ...], Any]]:
    if isinstance(part, dict) and part:
        for key, value in part.items():
            yield from _leaves(value, (*path, key))
    else:
        yield path, part


def _at(part: Any, path: tuple[Any, ...]) -> Any:
    for key in path:
        part = part[key]
    return part


def _moved(quantity: Quantity | Shares) -> tuple[str, float]:
    """A key below the parameter, and a value a little way off."""
    if isinstance(quantity, Shares):
        share = max(quantity.shares, key=quantity.shares.__getitem__)
        return f".shares.{share}", quantity.shares[share] * 0.9
    low, high = quantity.bounds
    near = quantity.value * (0.95 if quantity.value * 0.95 >= low else 1.05)
    return "", near if quantity.value else low + (high - low) * 0.01


def _certain(part: Quantity | Shares) -> bool:
    """Whether a distribution has only one outcome, and so nothing to move."""
    return isinstance(part, Shares) and max(part.shares.values()) == 1.0


def _batches(parameters: list[Parameter]) -> Iterator[list[Parameter]]:
    """Of any two parameters some batch has one and not the other: those whose places have the same binary digit."""
    for digit in range(len(parameters).bit_length()):
        for value in (0, 1):
            yield [one for at, one in enumerate(parameters) if at >> digit & 1 == value]


@pytest.mark.parametrize("name", worlds())
def test_a_setting_moves_that_parameter_and_no_other_and_is_in_the_hash(name: str) -> None:
    world, tables = load(name), read(WORLDS / name).tables
    whole = world.model_dump(by_alias=True)
    parameters = [(path, part) for path, part in quantities(world) if not _certain(part)]
    for batch in _batches(parameters):
        changed, set_to = copy.deepcopy(tables), []
        for path, quantity in batch:
            below, value = _moved(quantity)
            set_to.append((move(changed, path + below, value), quantity, value))
        moved = World.model_validate(changed)
        hashed, dumped = _hashed(moved), moved.model_dump(by_alias=True)
        for keys, quantity, value in set_to:
            assert _at(dumped, keys) == _at(hashed, keys) == pytest.approx(value), keys
            holder = keys[:-1] if isinstance(quantity, Shares) else keys
            if isinstance(quantity, Shares):
                assert sum(_at(dumped, holder).values()) == pytest.approx(1.0), keys
            _at(dumped, holder[:-1])[holder[-1]] = _at(whole, holder)
        assert dumped == whole, [path for path, _ in batch]


def _hashed(world: World) -> Any:
    """What the hash of a world is made of."""
    with mock.patch.object(hashlib, "sha256", wraps=hashlib.sha256) as asked:
        content_hash(world)
    return json.loads(asked.call_args.args[0])[0]


def test_the_hash_does_not_depend_on_the_order_of_files(world: World) -> None:
    tables = read(WORLDS / world.name).tables
    turned = {key: tables[key] for key in reversed(tables)}
    assert content_hash(World.model_validate(turned)) == content_hash(world)
    assert toml(WORLDS / world.name / "world.toml")["name"] == world.name


def test_no_parameter_rests_on_a_fact_that_may_only_be_checked_against() -> None:
    with (WORLDS / "immigration" / "evidence.csv").open(encoding="utf-8") as table:
        checked = {row["id"] for row in csv.DictReader(table) if row["use"] == "check"}
    assert {"I04", "I05", "I06", "B03"} <= checked
    cited = {
        (path, fact) for path, parameter in quantities(load("immigration")) for fact in CITED.findall(parameter.source)
    }
    assert len(cited) > 20
    assert {(path, fact) for path, fact in cited if fact in checked} == set()
