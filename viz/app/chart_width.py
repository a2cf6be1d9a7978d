"""How much room a page has for its charts."""

SIDE, EDGES, FOLD, WIDEST, LEAST = 310, 150, 900, 1480, 300
"""Pixels: the controls beside a chart, the space around both, the width below which they stand one above the other,
the widest and the narrowest that there is to fill."""


def room(width: int, least: int = LEAST) -> int:
    """Pixels for a chart on a screen of that width, beside the controls or under them.

    >>> room(1024), room(1600), room(390)
    (564, 1020, 330)
    """
    beside = SIDE + EDGES if width > FOLD else 60
    return max(least, min(width, WIDEST) - beside)


def alone(width: int, least: int = LEAST) -> int:
    """Pixels for a chart that has a panel of the page's width to itself.

    >>> alone(1024), alone(390)
    (924, 310)
    """
    return max(least, min(width, WIDEST) - (100 if width > FOLD else 80))
