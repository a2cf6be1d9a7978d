"""The seed of a run: one whole number, from which every draw follows."""

import numpy as np

from model.errors import InputError

BELOW = 2**63


def seed_of(rng: object, seed: object = None) -> int:
    """The seed that was given, by either of Mesa's two names; without one a fresh seed.

    Raises:
        InputError: it is no whole number from 0 up to 2^63 - 1, or both are given.

    >>> seed_of(5), seed_of(None, seed=np.int64(7))
    (5, 7)
    """
    if rng is not None and seed is not None:
        raise InputError("two seeds", where="rng, seed", found=f"{rng} and {seed}", allowed="one of the two")
    if rng is None and seed is None:
        return int(np.random.SeedSequence().generate_state(1)[0])
    return whole(*(("rng", rng) if seed is None else ("seed", seed)))


def whole(where: str, seed: object) -> int:
    """A seed, refused if it is none; a numpy Generator is no seed, for its next draw depends on what it drew before."""
    if isinstance(seed, bool) or not isinstance(seed, int | np.integer) or not 0 <= seed < BELOW:
        drawn = ", such as int(generator.integers(2**63))" if isinstance(seed, np.random.Generator) else ""
        raise InputError(
            "a seed is a whole number, not negative", where=where, found=seed, allowed=f"0 to 2^63 - 1{drawn}"
        )
    return int(seed)
