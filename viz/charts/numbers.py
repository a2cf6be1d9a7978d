"""Numbers as text: three significant digits, and never an exponent."""

import math

NOTHING = 1e-5
"""What is smaller is written as 0."""


def plain(value: float, digits: int = 3) -> str:
    """A number in so many significant digits.

    >>> plain(-4.78e-07), plain(0.01234), plain(-2.0), plain(1_234_567.0), plain(0.0000123), plain(float("nan"))
    ('0', '0.0123', '-2', '1,230,000', '0.0000123', '-')
    """
    if math.isnan(value):
        return "-"
    if abs(value) < NOTHING:
        return "0"
    rounded = float(f"{value:.{digits}g}")
    places = max(0, digits - 1 - math.floor(math.log10(abs(rounded))))
    text = f"{rounded:,.{places}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def scaled(value: float, words: tuple[str, str, str] = ("bn", "m", "k")) -> tuple[float, str]:
    """A number in billions, millions or thousands, and the word for it; as it is, and none, below a thousand.

    >>> scaled(-2913.0), scaled(12.5)
    ((-2.913, 'k'), (12.5, ''))
    """
    for size, word in zip((1e9, 1e6, 1e3), words, strict=True):
        if abs(value) >= size:
            return value / size, word
    return value, ""


def dollars(value: float) -> str:
    """An amount of money.

    >>> dollars(847_162_250.0), dollars(-2.61e6), dollars(3.149e9), dollars(41_600.0), dollars(-0.2)
    ('$847 million', '-$2.61 million', '$3.15 billion', '$41,600', '$0')
    """
    amount = float(f"{abs(value):.3g}")
    for size, word in ((1e9, " billion"), (1e6, " million")):
        if amount >= size:
            return f"{'-' * (value < 0)}${plain(amount / size)}{word}"
    return f"{'-' * (value < 0)}${amount:,.0f}" if amount >= 0.5 else "$0"
