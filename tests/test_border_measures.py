"""Measures of patterns of the border, on tables made by hand (`experiments.border.worked`)."""

from dataclasses import replace
from datetime import date

import pandas as pd
import pytest

from experiments.border.account import Account
from experiments.border.prosecution import KINDS
from experiments.border.worked import breaches, paths, resources, separated
from experiments.patterns import border_measures as m
from model import load

MAY = date(2018, 5, 1), date(2018, 5, 31)
TUCSON = ("Tucson",)


@pytest.fixture(scope="module")
def one() -> Account:
    nothing = pd.DataFrame()
    return Account({}, load(), 0.5, paths(), separated(), breaches(), nothing, resources())


def test_beds_are_counted_at_the_end_of_the_week_of_a_day(one: Account) -> None:
    assert m.beds_in_use(one, date(2018, 5, 24)) == 0.8
    assert m.beds_in_use(one, date(2018, 5, 28)) == 1.3
    assert pd.isna(m.beds_in_use(one, date(2018, 6, 4)))


def test_children_are_counted_by_place_and_age_at_the_scale_of_the_real_system(one: Account) -> None:
    assert m.separated(one, MAY) == m.separated(one, MAY, TUCSON) == 4.0
    assert m.separated(one, MAY, TUCSON, oldest=4) == 2.0
    assert m.separated(one, MAY, ("Yuma",)) == 0.0
    assert m.separated_a_day(one, (date(2018, 5, 19), date(2018, 5, 20)), TUCSON, 4) == 1.0


def test_each_parent_prosecuted_is_a_family_separated(one: Account) -> None:
    assert m.parents_prosecuted(one, "tucson", MAY) == 4.0
    assert m.parents_prosecuted(one, "yuma", MAY) == 0.0


def test_a_district_moves_by_at_least_the_share(one: Account) -> None:
    """Three misdemeanours of Tucson in one world; two, and none at all, in another."""
    rows = one.paths
    taken = (rows["stage"] == "acceptance") & (rows["to"] == "court")
    fewer = replace(one, paths=rows.assign(cases=rows["cases"].where(~taken | (rows["mix"] != "adults"), 0)))
    none = replace(one, paths=rows[~taken])
    assert m.districts_moved(one, fewer, KINDS[0], MAY, least=0.5) == 1.0
    assert m.districts_moved(one, fewer, KINDS[0], MAY, least=0.6) == 0.0
    assert m.districts_moved(fewer, one, KINDS[0], MAY, least=0.05) == 0.0
    assert m.districts_moved(one, none, KINDS[0], MAY, least=0.05) == 0.0, "out of nothing no share can be had"
