"""The controls of the app: native inputs with a label each, so that a keyboard and a screen reader reach them all.

A control is known to its page by its label: one that comes or goes beside it takes nothing of what it holds.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import solara
from reacton.ipyvue import use_event

from viz.app.jobs import Job, State
from viz.app.layout import Note, Problem, element


@solara.component_vue("vue/slider.vue", vuetify=False)
def _Slider(
    label: str, value: float | None, min: float, max: float, step: float, unit: str, hint: str, shipped: float | None,
    disabled: bool, event_moved: Callable[[float], None],
) -> None: ...  # fmt: skip


@solara.component_vue("vue/choice.vue", vuetify=False)
def _Choice(
    label: str, value: str, options: list[dict[str, str]], segments: bool, inline: bool, hint: str, disabled: bool,
    event_chosen: Callable[[str], None],
) -> None: ...  # fmt: skip


@solara.component_vue("vue/switch.vue", vuetify=False)
def _Switch(label: str, value: bool, hint: str, disabled: bool, event_moved: Callable[[bool], None]) -> None: ...


@solara.component_vue("vue/entry.vue", vuetify=False)
def _Entry(
    label: str, value: str, kind: str, min: str, max: str, hint: str, disabled: bool, wrong: str,
    event_written: Callable[[str], None],
) -> None: ...  # fmt: skip


@solara.component_vue("vue/table.vue", vuetify=False)
def _Table(
    caption: str, columns: list[dict[str, Any]], rows: list[list[str]], action: str, chosen: int, empty: str,
    event_picked: Callable[[int], None],
) -> None: ...  # fmt: skip


@solara.component_vue("vue/upload.vue", vuetify=False)
def _Upload(
    label: str, accept: str, most: int, hint: str, event_uploaded: Callable[[dict[str, str]], None]
) -> None: ...


@solara.component_vue("vue/copy.vue", vuetify=False)
def Copy(label: str, text: str) -> None:
    """A text to copy, under its label."""


@solara.component_vue("vue/print.vue", vuetify=False)
def Print(label: str) -> None:
    """A button that prints the page."""


@solara.component_vue("vue/clicker.vue", vuetify=False)
def Clicker(event_on: Callable[[Any], None], event_back: Callable[[Any], None]) -> None:
    """Hears the keys of a presenter's clicker, outside of what is written in.

    They are PageDown and PageUp, which first scroll to the end of the page, and the arrows.
    """


@solara.component
def Button(label: str, click: Callable[[], None], main: bool = False, disabled: bool = False) -> None:
    """Something to press; ``main`` for what a page is about."""
    off = {"disabled": "disabled"} if disabled else {}
    button = element("button", label, classes="d-do" if main else "d-quiet", type="button", **off)
    use_event(button, "click", lambda *_: click())


def Slider(
    label: str, value: float | None, moved: Callable[[float], None], low: float, high: float, step: float = 0.01,
    unit: str = "", hint: str = "", shipped: float | None = None, disabled: bool = False,
) -> solara.Element:  # fmt: skip
    """A number between two bounds; ``unit`` "%" shows a share in percent, ``shipped`` marks where it stood.

    Without a ``value`` it stands nowhere until it is moved.
    """
    return _Slider(
        label=label, value=value, min=low, max=high, step=step, unit=unit, hint=hint, shipped=shipped,
        disabled=disabled, event_moved=moved,
    ).key(label)  # fmt: skip


def Choice(
    label: str, value: str, chosen: Callable[[str], None], options: Mapping[str, str], segments: bool = False,
    inline: bool = False, hint: str = "", disabled: bool = False,
) -> solara.Element:  # fmt: skip
    """One of some options (value to what is shown); as ``segments`` where they are few and short.

    ``inline`` leaves the label to screen readers, where the options say what they are.
    """
    shown = [{"value": name, "label": title} for name, title in options.items()]
    return _Choice(
        label=label, value=value, options=shown, segments=segments, inline=inline, hint=hint, disabled=disabled,
        event_chosen=chosen,
    ).key(label)  # fmt: skip


def Size(scale: float, chosen: Callable[[float], None], scales: Sequence[float]) -> solara.Element:
    """The scale of a run, as one in so many; one that the link brought along is offered as well."""
    known = sorted({*scales, scale})
    options = {f"{one:g}": f"1 in {round(1 / one):,}" for one in known}
    return Choice("Size", f"{scale:g}", lambda text: chosen(float(text)), options)


def Switch(
    label: str, value: bool, moved: Callable[[bool], None], hint: str = "", disabled: bool = False
) -> solara.Element:
    """Yes or no."""
    return _Switch(label=label, value=value, hint=hint, disabled=disabled, event_moved=moved).key(label)


def Entry(
    label: str, value: str, written: Callable[[str], None], kind: str = "text", low: str = "", high: str = "",
    hint: str = "", disabled: bool = False, wrong: str = "",
) -> solara.Element:  # fmt: skip
    """A line to write in: ``kind`` as HTML has it (text, number, date); ``wrong`` says what is the matter with it."""
    return _Entry(
        label=label, value=value, kind=kind, min=low, max=high, hint=hint, disabled=disabled, wrong=wrong,
        event_written=written,
    ).key(label)  # fmt: skip


def Upload(
    label: str, uploaded: Callable[[dict[str, str]], None], accept: str, most: int, hint: str = ""
) -> solara.Element:
    """A file of text to read, of at most so many bytes; ``uploaded`` gets its ``name`` and ``text``."""
    return _Upload(label=label, accept=accept, most=most, hint=hint, event_uploaded=uploaded)


def Table(
    caption: str, columns: Mapping[str, str], rows: Sequence[Sequence[str]], numbers: Sequence[str] = (),
    action: str = "", picked: Callable[[int], None] = lambda _: None, chosen: int = -1, empty: str = "Nothing here.",
) -> solara.Element:  # fmt: skip
    """A table of texts (``columns``: name to title); with an ``action``, a button in each row."""
    heads = [{"name": name, "title": title, "number": name in numbers} for name, title in columns.items()]
    return _Table(
        caption=caption, columns=heads, rows=[list(row) for row in rows], action=action, chosen=chosen, empty=empty,
        event_picked=picked,
    )  # fmt: skip


@solara.component
def Working(job: Job, what: str, begin: Callable[[], None], label: str) -> None:
    """The button that begins a piece of work; while it goes on how far it is, and the button that stops it."""
    state = job.state.value
    with element("div", classes="d-working"):
        with element("div", classes="d-row"):
            if state.busy:
                Button("Stop", job.stop)
                _Bar(state, what)
            else:
                Button(label, begin, main=True)
        if state.name == "stopped":
            Note("Stopped. Your settings are kept; the unfinished work is not.")
        if state.name == "failed" and state.error is not None:
            Problem("This could not be done.", [state.error])


@solara.component
def _Bar(state: State, what: str) -> None:
    share = state.done / state.total if state.total else 0.0
    bar = element("div", style=f"width: {100 * share:.1f}%")
    element(
        "div", bar, classes="d-progress", role="progressbar", aria_label=what, aria_valuemin="0", aria_valuemax="100",
        aria_valuenow=f"{100 * share:.0f}",
    )  # fmt: skip
    element("span", f"{what}: {share:.0%}" if state.total else "Getting ready, or waiting in line …", role="status")
