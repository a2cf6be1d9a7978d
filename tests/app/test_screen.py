"""What stood in the way of a class: marks that mislead, ways that are lost, words that nobody knows."""

import re
from functools import partial
from html import escape
from typing import Any

import altair as alt

from model.world.loader import DEFAULT_WORLD
from tests.app.seen import addressed, cells, drawn, eventually, query, saved
from tests.app.verdicts import verdicts
from viz.app.demonstrations import demonstrations
from viz.app.figure import Recipe, laid_out
from viz.app.glossary import glossary
from viz.app.pages.about.page import WRONG
from viz.app.take_home import framed, picture

GUESSED = "name=counted&guess=Ana%3A20,40,60"


def test_one_box_that_is_ticked_is_the_one_that_shows_it(visit: Any) -> None:
    page = visit("/twins")
    boxes = page.locator(".d-fieldset input")
    label = boxes.nth(1).evaluate("box => box.parentNode.textContent.trim()")
    boxes.nth(1).check()
    addressed(page, "without=")
    page.get_by_text("All of them, unless some are chosen").wait_for(state="detached")
    page.wait_for_timeout(300)
    ticked = page.locator(".d-fieldset input:checked")
    assert ticked.count() == 1
    assert ticked.evaluate("box => box.parentNode.textContent.trim()") == label


def test_a_chart_that_all_visitors_see_is_laid_out_once() -> None:
    made: list[str] = []

    def chart(name: str) -> alt.Chart:
        made.append(name)
        return alt.Chart().mark_point()

    first, again, other = (laid_out(Recipe(of, partial(chart, of))) for of in ("one", "one", "other"))
    assert first is again and first is not other and made == ["one", "other"]


def test_a_legend_keeps_its_colours_when_the_address_changes(visit: Any) -> None:
    page = visit("/memo?scenario=daca-2012&scale=0.002&day=2012-09-02")
    drawn(page, 0, "daca-2012 1 2012-09-02 True")
    page.locator(".d-chart").first.locator("path[aria-label*='value']").nth(60).click()
    addressed(page, "who=")
    fills = page.evaluate(
        "[...document.querySelectorAll('.d-chart [fill^=url]')].map(mark => mark.getAttribute('fill'))"
    )
    assert fills
    for fill in fills:
        name = re.fullmatch(r"url\(#([\w-]+)\)", fill)
        assert name and page.locator(f"[id='{name[1]}']").count() == 1


def test_a_picture_that_is_taken_home_says_what_it_is_of(visit: Any) -> None:
    page = visit("/memo?scenario=daca-2012&scale=0.002&day=2012-09-02")
    drawn(page, 1, "daca-2012 1 2012-09-02 True")
    name = "Download rates-daca-2012-2012-09-02 as SVG"
    drawing = saved(page, name).decode()
    assert f"<metadata>{escape(page.url)}</metadata>" in drawing
    words = re.sub(r"<[^>]*>", " ", drawing)
    for said in ("Rates of favourable decisions", "Deferred action for childhood arrivals, 02 September 2012; seed 1",
                 "1: Deferred action", "Source: Discretion", "a model; saved on"):  # fmt: skip
        assert said in words
    assert page.locator(".d-lines li").all_inner_texts() == ["1: Deferred action for childhood arrivals, 15 June 2012"]


def test_a_picture_for_a_paper_has_its_finding_above_its_source_below_and_300_dots_an_inch() -> None:
    bar = {"data": {"values": [{"a": 1}]}, "mark": "bar", "encoding": {"x": {"field": "a", "type": "quantitative"}}}
    png = picture("PNG", framed(bar, "Cases", [], "Few are closed."), "http://127.0.0.1:1/levers?seed=2")
    inch = 39.37
    assert png.startswith(b"\x89PNG") and b"tEXtSource\0http://127.0.0.1:1/levers?seed=2" in png
    at = png.index(b"pHYs") + 4
    assert round(int.from_bytes(png[at : at + 4], "big") / inch) == 300
    sheet = framed(bar, "Cases", [], "Few are closed.")
    assert (sheet["title"]["text"], sheet["title"]["subtitle"]) == (["Few are closed."], ["Cases"])
    assert sheet["vconcat"][-1]["mark"]["text"].startswith("Source: Discretion")
    drawing = picture("SVG", sheet, "").decode()
    assert all(said in drawing for said in ("Few are closed.", "Cases", "Source: Discretion"))


def test_what_has_come_so_far_reaches_the_second_visitor_too(visit: Any) -> None:
    first = visit("/twins?scenario=detainer-2012&replications=2&scale=0.002&seed=71")
    first.get_by_role("button", name="Run both worlds").click()
    first.locator("caption", has_text="On the same cases").wait_for()
    first.close()
    second = visit("/twins?scenario=detainer-2012&replications=12&scale=0.002&seed=72")
    second.get_by_role("button", name="Run both worlds").click()
    second.get_by_text("pairs so far").wait_for()
    assert cells(second, "On the same cases")
    second.get_by_role("button", name="Stop").click()


def test_a_demonstration_shows_what_happened_and_the_shift_seed_by_seed(visit: Any) -> None:
    page = visit(f"/demonstrations?{GUESSED}&step=3")
    page.locator(".d-chart svg").wait_for()
    words = page.locator(".d-chart svg").evaluate(
        "svg => [...svg.querySelectorAll('text')].map(one => one.textContent)"
    )
    assert any("points against" in one and one.startswith("+0.") for one in words)
    assert page.locator(".d-flow circle").count() == 300 and page.get_by_role("button", name="Pause").count() == 1
    page.get_by_text("The model was fitted to it").wait_for()
    page.goto(page.url.split("?")[0] + "?name=limits&guess=Ana%3A20,40,60,80&step=3")
    page.locator("svg text", has_text="what happened: 18; the model is wrong here").wait_for()


def test_figures_are_revealed_one_at_a_time(visit: Any) -> None:
    page = visit("/demonstrations?name=limits&guess=Ana%3A20,40,60,80&step=2")

    def shown(title: str) -> Any:
        return page.locator("svg text", has_text=title)

    page.get_by_role("button", name="Reveal it one figure at a time").click()
    page.get_by_role("button", name="Reveal the next figure").wait_for()
    shown("Little or no jail").wait_for()
    assert shown("Reunited at the station").count() == 0 and page.locator("h3", has_text="What happened").count() == 0
    page.keyboard.press("ArrowRight")
    addressed(page, "upto=2")
    shown("Reunited at the station").wait_for()
    assert shown("Reunited by end of October").count() == 0
    page.reload()
    page.get_by_role("button", name="Reveal the next figure").click()
    addressed(page, "upto=3")
    page.get_by_role("button", name="Reveal the next figure").click()
    page.locator("h3", has_text="What happened").wait_for()
    shown("Marshals' beds, fullest week").wait_for()


def test_nothing_is_revealed_before_a_guess(visit: Any) -> None:
    for step in (2, 3, 4, 6):
        page = visit(f"/demonstrations?name=counted&step={step}")
        page.get_by_text("Guess first: those who").wait_for()
        assert page.locator(".d-chart").count() == 0
    page.get_by_role("button", name="To the guesses").click()
    addressed(page, "step=1")


def test_back_goes_a_step_back_and_next_begins_at_the_top(visit: Any) -> None:
    page = visit("/demonstrations")
    one = demonstrations()["counted"]
    page.get_by_role("button", name=re.compile(one.title)).click()
    addressed(page, "name=counted")
    page.evaluate("scrollTo(0, 400)")
    page.get_by_role("button", name="Next: Predict").click()
    addressed(page, "step=1")
    eventually(page, lambda: page.evaluate("scrollY"), 0)
    page.locator("input[type=range]").first.wait_for()
    page.go_back()
    page.get_by_text(one.stage.text[0][:50]).wait_for()
    assert "step" not in query(page) and "name=counted" in query(page)
    page.go_back()
    page.locator(".d-card").first.wait_for()
    assert query(page) == ""
    page.go_forward()
    page.get_by_text(one.stage.text[0][:50]).wait_for()


def test_a_clicker_turns_the_pages(visit: Any) -> None:
    page = visit(f"/demonstrations?{GUESSED}&step=4")
    page.get_by_role("button", name="Next: Discuss").wait_for()
    page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
    page.keyboard.press("PageDown")
    addressed(page, "step=5")
    page.keyboard.press("ArrowLeft")
    addressed(page, "step=4")
    eventually(page, lambda: page.evaluate("scrollY"), 0)
    page.keyboard.press("PageUp")
    addressed(page, "step=3")


def test_guesses_survive_a_look_at_another_page(visit: Any) -> None:
    page = visit(f"/demonstrations?{GUESSED}&step=1")
    page.locator("caption", has_text="Committed").wait_for()
    page.locator(".d-nav").get_by_text("Levers").click()
    page.wait_for_selector('h1:has-text("Which lever?")')
    page.locator(".d-nav").get_by_text("Demonstrations").click()
    page.get_by_text("1 guess kept").wait_for()
    page.get_by_role("button", name=re.compile("What is counted gets done")).click()
    addressed(page, "guess=Ana:20,40,60")


def test_the_sheet_and_the_card_are_printed_without_the_page_around_them(visit: Any) -> None:
    for path, kept in ((f"/demonstrations?{GUESSED}&show=sheet", ".d-sheet"),
                       (f"/demonstrations?{GUESSED}&step=6", ".d-take")):  # fmt: skip
        page = visit(path)
        page.locator(kept).wait_for()
        page.emulate_media(media="print")
        assert page.locator(kept).is_visible()
        assert not any(one.is_visible() for one in page.locator(".d-head, .d-foot, .d-steps, button").all())


def test_the_first_page_has_three_doors_and_a_picture_that_can_be_stopped(visit: Any) -> None:
    page = visit("/", reduced_motion="no-preference")
    assert page.locator(".d-door").count() == 3
    moving = page.locator(".d-flow circle").first
    place = "dot => dot.getBoundingClientRect().x"
    before = moving.evaluate(place)
    eventually(page, lambda: moving.evaluate(place) != before, True)
    page.get_by_role("button", name="Pause").click()
    page.locator(".d-paused").wait_for()
    before = moving.evaluate(place)
    page.wait_for_timeout(300)
    assert moving.evaluate(place) == before
    page.locator(".d-door", has_text="I teach").click()
    page.wait_for_selector('h1:has-text("What happens when a memo meets a culture?")')
    page.go_back()
    page.locator(".d-door").first.wait_for()


def test_nothing_moves_for_those_who_want_no_motion(visit: Any) -> None:
    page = visit("/", reduced_motion="reduce")
    dots = page.locator(".d-still circle")
    assert dots.count() == 200 and page.get_by_role("button", name="Pause").count() == 0
    places = "dots => dots.map(dot => dot.getBoundingClientRect().x)"
    before = dots.evaluate_all(places)
    page.wait_for_timeout(300)
    assert dots.evaluate_all(places) == before


def test_a_word_of_the_field_is_explained_where_it_stands(visit: Any) -> None:
    page = visit("/demonstrations?name=same-facts")
    word = page.locator(".d-term", has_text="USCIS").first
    word.focus()
    shown = word.evaluate("word => getComputedStyle(word, '::after').content")
    assert glossary()["USCIS"] in shown
    page.locator(".d-foot a").click()
    page.wait_for_selector('h1:has-text("How does it work")')
    assert page.locator(".d-words dt").all_inner_texts() == list(glossary())


def test_where_the_model_is_said_to_be_wrong_its_patterns_fail() -> None:
    assert {verdicts()[pattern] for pattern in WRONG[DEFAULT_WORLD]} == {"fails"}


def test_a_page_says_its_language_can_be_zoomed_and_entered_past_the_menu(visit: Any, server: Any) -> None:
    page = visit("/about")
    assert page.evaluate("document.documentElement.lang") == "en"
    assert "user-scalable=no" not in page.locator("meta[name=viewport]").get_attribute("content")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the content"
    page.keyboard.press("Enter")
    eventually(page, lambda: page.evaluate("document.activeElement.id"), "main")


def test_a_page_that_is_not_there_says_so_and_leads_home(browser: Any, server: Any) -> None:
    page = browser.new_page(color_scheme="dark")
    answer = page.goto(f"{server.address}/nowhere")
    assert answer.status == 404
    assert page.get_by_role("link").evaluate("link => getComputedStyle(link).color") == "rgb(255, 255, 255)"
    assert page.get_by_role("heading").inner_text() == "There is no such page"
    page.get_by_role("link").click()
    page.wait_for_selector(".d-door")
    page.close()
