"""Figures in words: by their units, as percentages, or in a few digits."""

import math
from typing import Any

import pandas as pd

from experiments.smallest import POSTERIOR
from viz.charts.numbers import scaled
from viz.charts.shifts import signed_points

LARGE = 100e6
NAMED = ("points", "log-odds", "months")
"""Units that are said with the figure."""


def figure(value: float | None, unit: str, sign: str = "") -> str:
    """A figure in the form of its unit; a dash if it is missing. With the sign ``+`` a difference.

    >>> figure(1.134, "share"), figure(0.003, "share"), figure(-0.012, "change"), figure(None, "hours")
    ('113.4%', '0.30%', '-1.2%', '-')
    >>> figure(227e6, "dollars"), figure(52.6e6, "dollars"), figure(3014.0, "children"), figure(-0.2, "persons", "+")
    ('227m', '52.6m', '3,014', '0')
    >>> figure(-0.0001, "change"), figure(-0.02, "months"), figure(-0.0001, "ratio")
    ('0.0%', '0.0', '0.000')
    >>> figure(0.0512, "points"), figure(0.00012, "points"), figure(0.4, "log-odds"), figure(3.96, "months")
    ('+5.12', '+0.012', '+0.400', '4.0')
    """
    if value is None or math.isnan(value):
        return "-"
    if unit == "share":
        return percent(value)
    if unit == "points":
        return signed_points(value, 2 if abs(value) >= 0.001 else 3)
    if unit == "chance":
        return f"{value:.3g}"
    if form := {"change": "+.1%", "log-odds": "+.3f", "ratio": "+.3f", "sd": "+.3f", "months": ".1f"}.get(unit):
        text = f"{value:{form}}"
        return text if any(digit in text for digit in "123456789") else text.lstrip("+-")
    if unit == "dollars":
        text = f"{value / 1e6:{sign},.{0 if abs(value) >= LARGE else 1}f}"
    else:
        text = f"{value:{sign},.0f}"
    return "0" if not float(text.replace(",", "")) else f"{text}{'m' if unit == 'dollars' else ''}"


def ranged(value: float, low: float, high: float) -> tuple[str, str]:
    """A figure and its interval, in as many digits (three to seven) as tell the ends apart; no interval is empty.

    >>> ranged(0.1834, 0.1, 0.25), ranged(0.00845231, 0.00845197, 0.00845264), ranged(2.0, float("nan"), 1.0)
    (('0.183', '0.1 to 0.25'), ('0.0084523', '0.008452 to 0.0084526'), ('2', ''))
    >>> ranged(float("nan"), float("nan"), float("nan"))
    ('no information', '')
    """
    if math.isnan(value):
        return "no information", ""
    if math.isnan(low) or math.isnan(high):
        return f"{value:.3g}", ""
    digits = next((d for d in range(3, 7) if f"{low:.{d}g}" not in (f"{high:.{d}g}", f"{value:.{d}g}")), 7)
    return f"{value:.{digits}g}", f"{low:.{digits}g} to {high:.{digits}g}"


def in_a_month(row: dict[str, Any]) -> tuple[str, str, str]:
    """Of a row of `experiments.border.downstream`: ``most`` or ``least``, how many, and in which month."""
    if not row["extreme"]:
        return "", "", ""
    return row["extreme"], figure(row["of_month"], row["unit"]), f"{row['month']:%b %Y}"


def beside_the_record(row: dict[str, Any]) -> tuple[str, str, str]:
    """Of a row of `experiments.patterns.Validation`: the record, the model, and its interval.

    >>> row = {"unit": "change", "observed": None, "said": "about none", "median": 0.013, "mean": 0.012, "low": -0.02,
    ...        "high": 0.03, "difference": True}
    >>> beside_the_record(row)
    ('about none', '+1.2%', '-2.0% to +3.0%')
    >>> beside_the_record({**row, "unit": "months", "observed": 4.0, "said": "", "difference": False, "median": 0.5})
    ('4.0 months', '0.5 months', '0.0 to 0.0')
    """
    unit, named = row["unit"], f" {row['unit']}" if row["unit"] in NAMED else ""
    low, high = (figure(row[end], unit) for end in ("low", "high"))
    interval = "" if row["low"] is None else f"{low} to {high}"
    middle = row["mean"] if row["difference"] else row["median"]
    known = "" if middle is None else named
    return row["said"] or f"{figure(row['observed'], unit)}{named}", f"{figure(middle, unit)}{known}", interval


def over_posterior(row: dict[str, Any]) -> str:
    """Of the same row: 5 to 95 percent over draws of the posterior; nothing where random variation leaves no room to
    tell.

    >>> over_posterior({"unit": "share", "posterior_low": 0.02, "posterior_high": 0.05})
    '2.0% to 5.0%'
    """
    if row["posterior_low"] is None:
        return ""
    low, high = (figure(row[end], row["unit"]) for end in POSTERIOR)
    return f"{low} to {high}"


def difference(row: dict[str, Any]) -> tuple[str, str]:
    """Of a counterfactual's row: the difference, and how far its interval reaches to either side, if there is one.

    >>> difference({"unit": "children", "difference": -2913.0, "low": -2950.0, "high": -2876.0})
    ('-2,913', '± 37')
    """
    reach = "" if row["low"] is None else f"± {figure((row['high'] - row['low']) / 2.0, row['unit'])}"
    return figure(row["difference"], row["unit"], "+"), reach


def percent(share: Any) -> str:
    """A share in percent, with two decimals where one would say 0 or 100.

    >>> percent(0.0032), percent(0.127), percent(0.9871), percent(float("nan"))
    ('0.32%', '12.7%', '98.7%', '-')
    """
    if share is None or pd.isna(share):
        return "-"
    return f"{share:.2%}" if 0 < min(share, 1 - share) < 0.01 else f"{share:.1%}"


def amount(value: float, sign: str = "") -> str:
    """A large number in a few digits.

    >>> amount(5356619000.0), amount(-229575.0, sign="+"), amount(3780.7), amount(12.0, sign="+")
    ('5.36 bn', '-230 k', '3.78 k', '+12')
    """
    number, word = scaled(value, (" bn", " m", " k"))
    return f"{number:{sign}.3g}{word}"
