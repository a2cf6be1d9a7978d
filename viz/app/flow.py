"""People as dots that pass a desk."""

from typing import Any

import solara


@solara.component_vue("vue/flow.vue", vuetify=False)
def Flow(rows: list[dict[str, Any]]) -> None:
    """Of a hundred people so many treated leniently, the others sliding past; it can be paused.

    Args:
        rows: one a desk: ``who`` decides, ``of`` 100 how many, ``what`` becomes of them, what ``happened`` in fact, and
            the agency's ``colour``. Nothing moves for those whose system asks for less motion.
    """
