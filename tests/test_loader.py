"""Reading a world: whatever stands in its files, the answer is a world or an `InputError`."""

import copy
import os
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from model import BureaucracyModel, InputError, load, worlds
from model.schema import Condition, Days, Person, Quantity, World
from model.world.checks import check, quantities
from model.world.documents import Document, spelt
from model.world.files import facts
from model.world.loader import LATER, content_hash, folder_of, move, read, toml, typed, with_file
from tests.worldcopy import SHIPPED, changed_copy, written

WHOLE = read(SHIPPED)
FILES = sorted(path.relative_to(SHIPPED).as_posix() for path in SHIPPED.rglob("*") if path.is_file())
BOUNDED = settings(derandomize=True, database=None, deadline=None, suppress_health_check=list(HealthCheck))

scalars = st.one_of(
    st.booleans(),
    st.integers(-5, 5),
    st.integers(),
    st.integers(10**300, 10**400),
    st.floats(0, 1),
    st.floats(),
    st.text(max_size=8),
    st.dates(),
    st.datetimes(),
    st.times(),
)
anything = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=5,
)
"""What TOML can say."""


def _paths(part: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Every path in a table."""
    if path:
        yield path
    entries = part.items() if isinstance(part, dict) else enumerate(part) if isinstance(part, list) else ()
    for key, entry in entries:
        yield from _paths(entry, (*path, key))


def _at(part: Any, path: tuple[Any, ...]) -> Any:
    for key in path:
        part = part[key]
    return part


PATHS = sorted(_paths(WHOLE.tables), key=str)
NUMBERS = [path for path in PATHS if path[-1] == "value"]
NAMES = [path for path in PATHS if isinstance(_at(WHOLE.tables, path), str) and path[-1] != "source"]
KEYS = sorted({str(path[-1]) for path in PATHS})


def _mutate(draw: st.DrawFn, tables: Any) -> None:
    """One thing wrong in a world: replaced, taken out, renamed, copied from elsewhere, or scaled."""
    path = draw(st.sampled_from(draw(st.sampled_from([PATHS, NUMBERS, NAMES]))))
    try:
        inside, key = _at(tables, path[:-1]), path[-1]
        here = inside[key]
    except (KeyError, IndexError, TypeError):
        return
    match draw(st.sampled_from(["replace", "delete", "rename", "borrow", "scale"])):
        case "replace":
            inside[key] = draw(anything)
        case "delete":
            del inside[key]
        case "rename" if isinstance(inside, dict):
            inside[draw(st.text(max_size=8) | st.sampled_from(KEYS))] = inside.pop(key)
        case "borrow":
            inside[key] = copy.deepcopy(_at(WHOLE.tables, draw(st.sampled_from(PATHS))))
        case "scale" if isinstance(here, int | float):
            inside[key] = here * draw(st.sampled_from([0, -1, 0.5, 1.5, 1e3, 1e9, 1e300]))


@st.composite
def mutated(draw: st.DrawFn) -> dict[str, Any]:
    """The tables of the shipped world with up to three things wrong in it."""
    tables = copy.deepcopy(WHOLE.tables)
    for _ in range(draw(st.integers(1, 3))):
        _mutate(draw, tables)
    return tables


def _first_day(world: World) -> None:
    name, scenario = next(iter(world.scenarios.items()))
    BureaucracyModel(name, scale=0.001, rng=1, world=world, until=scenario.start).run()


@settings(BOUNDED, max_examples=150)
@given(mutated())
def test_a_mutated_world_is_refused_or_runs(tables: dict[str, Any]) -> None:
    try:
        world = typed(Document(SHIPPED, tables, WHOLE.own, WHOLE.files, facts=WHOLE.facts))
    except InputError as error:
        assert error.what and error.where
    else:
        _first_day(world)


@settings(BOUNDED, max_examples=60)
@given(st.data())
def test_a_mutated_number_is_refused_or_runs(data: st.DataObject) -> None:
    tables = copy.deepcopy(WHOLE.tables)
    for path in data.draw(st.lists(st.sampled_from(NUMBERS), min_size=1, max_size=5)):
        quantity = _at(tables, path[:-1])
        quantity.pop("range", None)
        quantity["value"] = data.draw(st.sampled_from([0, 1, 0.5, 20, 110, 1000, 1e6]) | st.floats(0, 1))
    try:
        world = typed(Document(SHIPPED, tables, WHOLE.own, WHOLE.files, facts=WHOLE.facts))
    except InputError as error:
        known = (
            "a value out of bounds",
            "youngest is above oldest",
            "full before it begins",
            "a mean below the least",
            "a most below the mean",
        )
        assert error.what.startswith(known)
    else:
        _first_day(world)


@pytest.fixture(scope="module")
def scratch(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the shipped world, to be spoilt and mended."""
    return Path(shutil.copytree(SHIPPED, tmp_path_factory.mktemp("worlds") / "scratch"))


@settings(BOUNDED, max_examples=100)
@given(st.data())
def test_spoilt_bytes_are_refused_or_read(scratch: Path, data: st.DataObject) -> None:
    path = scratch / data.draw(st.sampled_from(FILES))
    whole = path.read_bytes()
    first = data.draw(st.integers(0, len(whole)))
    length = data.draw(st.sampled_from([0, 1, 2, 10, len(whole)]))
    noise = st.binary(max_size=6) | st.sampled_from([b"[", b"]", b"{", b'"', b"=", b"#", b"\n", b"\0", b"[["])
    try:
        path.write_bytes(whole[:first] + data.draw(noise) + whole[first + length :])
        load(scratch)
    except InputError as error:
        assert error.what and error.where
    finally:
        path.write_bytes(whole)


@settings(BOUNDED, max_examples=100)
@given(st.sampled_from(PATHS) | st.lists(st.text(max_size=4), max_size=3), anything | st.none())
def test_any_setting_is_refused_or_taken(path: Any, value: Any) -> None:
    dotted = ".".join(map(str, path))
    for given_settings in ({dotted: value}, [f"{dotted}={value}"]):
        try:
            load(settings=given_settings)
        except InputError as error:
            assert error.what and error.where


def test_a_world_is_read_again_when_its_files_change(scratch: Path) -> None:
    before = load(scratch)
    assert load(scratch) is before
    path = scratch / "scenarios" / "baseline-2010.toml"
    whole = path.read_text()
    path.write_text(whole.replace("Before the memos", "Long before the memos"))
    try:
        assert load(scratch).scenarios["baseline-2010"].title == "Long before the memos"
    finally:
        path.write_text(whole)
    assert load(scratch) == before


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    world = changed_copy({"file": "cases/claudia.toml", "remove": True}, tmp_path / "world")
    os.mkfifo(world / "cases" / "claudia.toml")
    with pytest.raises(InputError, match="not a file"):
        load(world)


def test_a_byte_order_mark_and_windows_lines_are_read(tmp_path: Path) -> None:
    world = Path(shutil.copytree(SHIPPED, tmp_path / "world"))
    path = world / "agencies" / "ice.toml"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    assert load(world) == load()


def test_a_file_by_itself(tmp_path: Path) -> None:
    path = tmp_path / "a.toml"
    with pytest.raises(InputError) as caught:
        toml(path)
    assert (caught.value.what, caught.value.where) == ("cannot be read: No such file or directory", str(path))
    path.write_text(written({"a": {"b": [1, 2.5, True, "x", date(2011, 6, 17)]}}))
    assert toml(path) == {"a": {"b": [1, 2.5, True, "x", date(2011, 6, 17)]}}


def test_what_an_entry_is_like_is_not_shared_with_it() -> None:
    tables = read(SHIPPED).tables
    assert tables["mixes"]["border"]["circumstances"]["gang"] == tables["mixes"]["jail"]["circumstances"]["gang"]
    assert tables["mixes"]["border"]["circumstances"]["gang"] is not tables["mixes"]["jail"]["circumstances"]["gang"]


def test_where_a_part_stands() -> None:
    assert WHOLE.where(["agencies", "ice", "culture", "lens"]) == "agencies/ice.toml: culture.lens"
    assert WHOLE.where(["mixes", "border", "circumstances", "gang", "value"]) == (
        "mixes/jail.toml: circumstances.gang.value"
    )
    assert WHOLE.where(["mixes", "border", "levels"]) == "mixes/border.toml: levels"
    assert WHOLE.where(["stages", "bond", "unfavourable", 1]) == "streams/interior.toml: stages.bond.unfavourable (2nd)"
    assert WHOLE.where(["rule", "metrics"]) == "world.toml: rule.metrics"
    assert WHOLE.where(["agencies"]) == "agencies/"
    assert spelt(("list", 10)) == "list (11th)"


@pytest.mark.parametrize(
    ("path", "value", "keys"),
    [
        ("rule.metrics", 0.7, ("rule", "metrics", "value")),
        ("rule.metrics.value", 0.7, ("rule", "metrics", "value")),
        ("areas.St. Paul", 4, ("areas", "St. Paul")),
        ('areas."St. Paul"', 4, ("areas", "St. Paul")),
        ("mixes.daca.periods.1.cases", 5, ("mixes", "daca", "periods", 1, "cases", "value")),
        ("scenarios.daca-2012.directives", [], ("scenarios", "daca-2012", "directives")),
    ],
)
def test_a_setting_moves_what_it_names(path: str, value: Any, keys: tuple[Any, ...]) -> None:
    tables = copy.deepcopy(WHOLE.tables)
    assert move(tables, path, value) == keys
    assert _at(tables, keys) == value
    _at(tables, keys[:-1])[keys[-1]] = _at(WHOLE.tables, keys)
    assert tables == WHOLE.tables


@pytest.mark.parametrize("path", ["mixes.jail.levels.none", "mixes.jail.levels.shares.none"])
def test_one_share_moved_rescales_the_others(path: str) -> None:
    before, after = load().mixes["jail"].levels.shares, load(settings={path: 0.5}).mixes["jail"].levels.shares
    assert after["none"] == 0.5
    assert sum(after.values()) == pytest.approx(1.0)
    assert after["level-1"] / after["level-3"] == pytest.approx(before["level-1"] / before["level-3"])


def test_two_shares_of_one_distribution_are_both_kept() -> None:
    shares = load(settings=["mixes.jail.levels.none=0.5", "mixes.jail.levels.level-1=0.3"]).mixes["jail"].levels.shares
    assert (shares["none"], shares["level-1"]) == (0.5, 0.3)
    assert sum(shares.values()) == pytest.approx(1.0)


def test_settings_come_as_texts_a_mapping_or_one_text() -> None:
    moved = load(settings={"agencies.ice.culture.lens": 0.5})
    assert moved == load(settings=["agencies.ice.culture.lens=0.5"]) == load(settings="agencies.ice.culture.lens = 0.5")
    assert moved != load()


def test_a_directive_of_ones_own(tmp_path: Path) -> None:
    path = tmp_path / "ninety-days.toml"
    path.write_text('like = "review-2011"\nstart = 2012-02-15\n')
    world = with_file(load(), "directives", path)
    assert world.directives["ninety-days"].start == date(2012, 2, 15)
    assert world.directives["ninety-days"].to == load().directives["review-2011"].to
    path.write_text('like = "capacity-2018"\nresources = {}\ncounts = ["discretion-granted"]\n')
    assert load().directives["capacity-2018"].resources
    assert with_file(load(), "directives", path).directives["ninety-days"].resources == {}
    path.write_text('like = "review-2011"\nto = ["ins"]\n')
    with pytest.raises(InputError) as caught:
        with_file(load(), "directives", path)
    assert caught.value.where == f"{path}: to (1st)"


def test_the_hash_is_that_of_the_content(scratch: Path) -> None:
    assert worlds() == ["immigration", "patrol", "two-desks"]
    assert content_hash(load()) == content_hash(load(scratch))
    assert content_hash(load()) != content_hash(load(settings={"rule.metrics": 0.6}))
    assert content_hash({"b": 1, "a": "é"}) == "45f2c633499b74ab"


@pytest.mark.parametrize("moved", [
    {"rule.metrics": 0.25}, {"mixes.jail.levels.none": 0.5, "mixes.jail.levels.level-1": 0.3},
    {"agencies.ice.culture.lens": 0.1, "directives.review-2011.clarity": 0.3},
    {"scenarios.morton-2011.end": "2012-03-31"},
])  # fmt: skip
def test_a_world_with_parameters_moved_is_the_one_that_its_tables_make(moved: dict[str, object]) -> None:
    """Parts that stay are not typed again; what comes of it is the same, and what was read before stays as it was."""
    before, known = load().model_dump(), load()
    tables = copy.deepcopy(WHOLE.tables)
    tables["rule"].setdefault("name", known.rule.name)
    kept: dict[Any, str] = {}
    for path, value in moved.items():
        kept[move(tables, path, value, kept=kept)] = path
    found = load(settings=moved)
    assert found == World.model_validate(tables) and found != known
    assert content_hash(found) != content_hash(known)
    assert all(found.series[name] is series for name, series in known.series.items())
    assert load().model_dump() == before


class Unread:
    """A number at which nothing may look."""

    def __init__(self, path: str) -> None:
        self.path = path

    def __getattribute__(self, name: str) -> Any:
        if name in ("__class__", "path"):
            return object.__getattribute__(self, name)
        raise AssertionError(f"{name} of {object.__getattribute__(self, 'path')}")

    def _looked_at(self, *_: object) -> Any:
        raise AssertionError(object.__getattribute__(self, "path"))

    __eq__ = __lt__ = __le__ = __gt__ = __ge__ = __float__ = __bool__ = __hash__ = __repr__ = _looked_at  # type: ignore[assignment]
    __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = __truediv__ = __rtruediv__ = _looked_at


@pytest.mark.parametrize("name", worlds())
def test_no_check_of_how_parts_fit_looks_at_the_value_of_a_quantity(name: str) -> None:
    """So a world in which nothing else was moved is not checked again."""
    world = load(name).model_copy(deep=True)
    found = [(path, one) for path, one in quantities(world) if isinstance(one, Quantity)]
    for path, one in found:
        one.__dict__["value"] = Unread(path)
    assert len(found) > 50
    with pytest.raises(AssertionError, match="agencies"):
        float(next(one for path, one in found if path.startswith("agencies")).value)
    check(world, lambda path: ".".join(map(str, path)), facts(folder_of(name)))


def test_a_setting_can_mend_a_world_that_is_refused_as_it_is_written(tmp_path: Path) -> None:
    folder = shutil.copytree(SHIPPED, tmp_path / "world")
    file = folder / "world.toml"
    file.write_text(file.read_text().replace("fiscal_year_start = 10", "fiscal_year_start = 13"))
    with pytest.raises(InputError, match="fiscal_year_start"):
        load(folder)
    assert load(folder, {"fiscal_year_start": 10}).fiscal_year_start == 10


def test_a_key_that_came_later_leaves_the_hash_of_what_does_not_use_it() -> None:
    known = {"age": {"max": 30.0, "min": None}, "charge": ["entry"]}
    empty = {name: None for name in Condition.model_fields if name not in (*LATER, *known)}
    asked = Condition.model_validate(known)
    assert content_hash(asked) == content_hash({**empty, **known})
    dated = asked.model_copy(update={"entered": Days(first=date(2014, 1, 2))})
    assert content_hash(dated) != content_hash(asked)
    for table in (Condition, Person):
        assert set(LATER) < {*table.model_fields} and max(table.model_fields) not in LATER
