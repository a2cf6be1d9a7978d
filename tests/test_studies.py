from collections.abc import Callable
from inspect import Parameter, signature
from typing import Any

import pandas as pd
import pytest

from experiments.border.counterfactuals import compare
from experiments.episode import Episode
from experiments.headline.record import where_issued
from experiments.headline.study import same_words
from experiments.levers import rank
from experiments.mechanisms import dose_response, knockouts
from experiments.patterns import validate
from experiments.theory import check_theory
from experiments.twin.findings import find
from model.errors import InputError
from model.world.loader import load

SHARED = ["world", "settings", "replications", "seed", "scale", "smallest", "workers", "progress"]
STUDIES = [rank, knockouts, dose_response, check_theory, compare, find, same_words, where_issued]


@pytest.mark.parametrize("study", [*STUDIES, validate, Episode.against])
def test_every_study_takes_the_same_words_in_the_same_order(study: Callable[..., Any]) -> None:
    given = signature(study).parameters
    words = [name for name in given if name in SHARED]
    assert words == [name for name in SHARED if name in words]
    assert {given[name].kind for name in words} == {Parameter.KEYWORD_ONLY}
    if study in STUDIES:
        assert words == SHARED
        assert given["world"].default == "immigration"
    assert given["workers"].default == 1


def test_a_world_that_has_been_read_gives_what_its_name_gives() -> None:
    world = load("immigration", ["rule.metrics=0"])
    asked = {"replications": 1, "scale": 0.002}
    named = knockouts("detainer-2012", None, ["notice"], settings=["rule.metrics=0"], **asked)  # type: ignore[arg-type]
    read = knockouts("detainer-2012", None, ["notice"], world=world, **asked)  # type: ignore[arg-type]
    pd.testing.assert_frame_equal(named.worths, read.worths, check_exact=True)
    with pytest.raises(InputError, match="this world has been read"):
        dose_response("detainer-2012", "detainer-2012", world=world, settings=["rule.metrics=0"])
