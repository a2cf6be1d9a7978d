import pandas as pd
import pytest

from experiments.demonstrations import DEMONSTRATIONS, demonstrate
from experiments.demonstrations.same_facts import same_facts
from model import InputError, load
from model.explain import explain
from viz.app.address import read_query
from viz.app.demonstrations import ORDER, demonstrations
from viz.app.pages.demonstrations.url_state import Guessed, Shown, guess, written
from viz.app.routes import PLACES

WORKS = ("Rabin", "Wilson", "Inspector General", "Lopez Oliva", "Kagan", "Biber")


@pytest.mark.parametrize("name", ORDER)
def test_what_is_guessed_is_what_the_experiment_gives(name: str) -> None:
    found = demonstrate(name, seeds=[1], scale=0.002)
    asked = demonstrations()[name]
    assert asked.run == name
    assert sorted(guess.key for guess in asked.predict) == sorted(found["key"])
    assert ((found["low"] <= found["median"]) & (found["median"] <= found["high"])).all()


def test_every_demonstration_has_a_text_and_an_experiment() -> None:
    assert list(demonstrations()) == list(ORDER) == list(DEMONSTRATIONS)


@pytest.mark.parametrize("name", ORDER)
def test_a_demonstration_lasts_about_ten_minutes_and_rests_on_the_literature(name: str) -> None:
    one = demonstrations()[name]
    assert 6 <= one.stage.minutes + 2 + one.reveal.minutes + one.explain.minutes <= 10
    for asked in one.discuss:
        assert any(work in asked.source for work in WORKS), asked.source
        assert asked.question.endswith("?")


@pytest.mark.parametrize("name", ORDER)
def test_the_links_of_a_demonstration_lead_to_what_they_promise(name: str) -> None:
    from viz.app.pages.case.url_state import Shown as Case
    from viz.app.pages.live_run.url_state import Shown as Memo

    kinds = {"/case": Case, "/memo": Memo}
    one = demonstrations()[name]
    for text in (one.stage, one.explain):
        path, _, query = text.link.partition("?")
        assert path in {place.path for place in PLACES}
        if path in kinds:
            state, problems = read_query(kinds[path], query)
            assert problems == []
            if path == "/memo":
                load(settings=state.set)


def test_a_seed_gives_the_same_figures_and_another_gives_others() -> None:
    one, same, other = (demonstrate("fading", [seed], 0.002) for seed in (1, 1, 2))
    pd.testing.assert_frame_equal(one, same)
    assert not one["median"].equals(other["median"])


def test_the_figures_are_those_of_the_explanations() -> None:
    found = {one.stage: one.probability for one in explain("claudia", seed=4, scale=0.002)}
    figures = same_facts(4, 0.002, lambda done, total: None)
    assert figures == {"charge": found["charge"], "attorneys": found["review"], "adjudicators": found["t-visa"]}


def test_there_is_no_other_demonstration() -> None:
    with pytest.raises(InputError, match="no such demonstration"):
        demonstrate("no-such")


def test_guesses_are_kept_in_the_link() -> None:
    for text in ("Ana:4,97,12", ":0", "guess 2:100,0"):
        assert written(guess(text)) == text
    assert guess("a:b:1,2") == Guessed("a:b", (1, 2))
    for text in ("Ana", "Ana:", "Ana:x", "Ana:1,-2", "Ana:99999", "A\x00:1"):
        with pytest.raises(InputError):
            guess(text)
    assert read_query(Shown, "guess=x&guess=Ana%3A4")[0].guess == (Guessed("Ana", (4,)),)
