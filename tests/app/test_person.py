import pytest
from hypothesis import given
from hypothesis import strategies as st

from model import InputError, load
from model.explain import load_case
from viz.app.pages.case.page import as_toml
from viz.app.pages.case.person import (
    ABSENT,
    FOR,
    SEEN,
    STANDINGS,
    TRUE,
    built,
    differences,
    fact,
    plain,
    put,
    written,
)

WORLD = load()
CLAUDIA = WORLD.cases["claudia"]


def test_facts_are_read_and_written() -> None:
    for text in ("level=none", "age=31", "lawyer=no", "for.caregiver=true, not on paper"):
        assert written(fact(text)) == text
    for text in ("level", "colour=red", "for.caregiver=perhaps"):
        with pytest.raises(InputError):
            fact(text)


def test_a_case_without_other_facts_is_the_case() -> None:
    assert built(CLAUDIA, (), WORLD).person == CLAUDIA.person


def test_each_fact_can_be_otherwise() -> None:
    changes = [
        ("level", "none"),
        ("age", "41"),
        ("lawyer", "no"),
        ("for.caregiver", ABSENT),
        ("for.health", SEEN),
        ("is.gang", "yes"),
        ("times.prior_removals", "2"),
    ]
    person = built(CLAUDIA, changes, WORLD).person
    assert (person.level, person.age, person.lawyer, person.circumstances) == ("none", 41, False, ["gang"])
    assert person.numbers == {"prior_removals": 2}
    assert "caregiver" not in person.equities and "health" in person.documented
    assert dict(differences(CLAUDIA.person, person, WORLD))["level"] == "none"


def test_equities_that_follow_from_ages_follow() -> None:
    old = built(CLAUDIA, [("age", "70"), ("entry_age", "60")], WORLD).person
    assert "age" in old.equities and "childhood-arrival" not in old.equities
    assert (
        built(CLAUDIA, [("for.childhood-arrival", SEEN), ("entry_age", "20")], WORLD).person.equities.count(
            "childhood-arrival"
        )
        == 0
    )


def test_facts_that_do_not_fit_are_refused() -> None:
    for changes in (
        [("age", "10"), ("entry_age", "20")],
        [("age", "x")],
        [("level", "felon")],
        [("charge", "sloth")],
        [("lawyer", "maybe")],
        [("is.gang", "perhaps")],
        [("is.rich", "yes")],
        [("times.prior_removals", "99")],
        [("for.luck", SEEN)],
    ):
        with pytest.raises(InputError):
            built(CLAUDIA, changes, WORLD)


def test_a_fact_put_back_is_no_fact() -> None:
    facts = put((), CLAUDIA.person, "level", "none")
    assert facts == (("level", "none"),)
    assert put(facts, CLAUDIA.person, "level", CLAUDIA.person.level) == ()


@given(
    st.lists(
        st.tuples(st.sampled_from([f"{FOR}{name}" for name in WORLD.words.equities]), st.sampled_from(STANDINGS)),
        max_size=5,
    ),
    st.sampled_from(list(WORLD.words.levels)),
)
def test_what_is_shown_of_a_person_is_what_was_put(equities: list[tuple[str, str]], level: str) -> None:
    facts: tuple[tuple[str, str], ...] = ()
    for name, how in [*equities, ("level", level)]:
        facts = put(facts, CLAUDIA.person, name, how)
    person = built(CLAUDIA, facts, WORLD).person
    assert plain(person, "level") == level
    assert set(person.documented) <= set(person.equities)


def test_the_file_that_the_page_offers_is_the_case_that_it_shows(tmp_path) -> None:  # type: ignore[no-untyped-def]
    file = built(
        CLAUDIA,
        [
            ("level", "none"),
            ("for.caregiver", TRUE),
            ("age", "33"),
            ("times.prior_removals", "1"),
        ],
        WORLD,
    )
    path = tmp_path / "case.toml"
    path.write_text(as_toml("claudia", CLAUDIA, file), encoding="utf-8")
    assert load_case(path, WORLD).person == file.person
