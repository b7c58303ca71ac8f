"""Screens, as they look: both themes, forced colours, no motion for who asks for none."""

from __future__ import annotations

import re
from itertools import product
from typing import Literal

from playwright.sync_api import Page

from tests.browser.conftest import PhoneOf
from tests.browser.office import Office
from tests.browser.phone import Phone
from tests.browser.places import addresses, choose, differ, go, leave_sheet, open_add, settle
from tests.browser.screens import log_unplanned
from tests.browser.words import fi

CONTROLS_MIN = 3.0
MOTION_MAX_MS = 200
#: what draws the edge of each field: its own border, or that of the label's box where the radio itself is not drawn
EDGES = """() => {
  const rgb = (colour) => colour.match(/[0-9.]+/g).map(Number);
  const isSolid = (colour) => (rgb(colour)[3] ?? 1) === 1;
  const luminance = (colour) => {
    const [red, green, blue] = rgb(colour).slice(0, 3).map((it) => it / 255)
      .map((it) => (it <= 0.04045 ? it / 12.92 : ((it + 0.055) / 1.055) ** 2.4));
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const contrast = (a, b) => {
    const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y);
    return (high + 0.05) / (low + 0.05);
  };
  const behind = (one) => {
    for (let at = one.parentElement; at; at = at.parentElement) {
      const { backgroundColor } = getComputedStyle(at);
      if (isSolid(backgroundColor)) return backgroundColor;
    }
    return getComputedStyle(document.body).backgroundColor;
  };
  const wanted = ':is(input, textarea, select, .button.plain, .button.main)';
  const drawn = [...document.querySelectorAll(`[data-pane="current"] ${wanted}`)]
    .filter((one) => one.checkVisibility() && one.type !== 'checkbox')
    .map((one) => (one.type === 'radio' ? one.nextElementSibling : one));
  return drawn.map((one) => {
    const { borderTopColor, borderTopWidth, backgroundColor } = getComputedStyle(one);
    const edges = parseFloat(borderTopWidth) > 0 ? [borderTopColor, backgroundColor] : [backgroundColor];
    const best = Math.max(0, ...edges.filter(isSolid).map((it) => contrast(it, behind(one))));
    return [`${one.localName}.${one.className.split(' ')[0]} ${one.innerText?.slice(0, 30)}`, best];
  });
}"""
#: pairs of what is chosen and what is not, as they are painted
CHOICES = """() => {
  const paint = (one) => {
    const { color, backgroundColor, borderTopColor, borderTopWidth, outlineStyle } = getComputedStyle(one);
    return JSON.stringify([color, backgroundColor, borderTopColor, borderTopWidth, outlineStyle]);
  };
  const alike = [];
  let count = 0;
  for (const field of document.querySelectorAll('fieldset')) {
    const chosen = field.querySelector('input[type=radio]:checked + span');
    const other = field.querySelector('input[type=radio]:not(:checked) + span');
    if (!chosen?.checkVisibility() || !other) continue;
    count += 1;
    if (paint(chosen) === paint(other)) alike.push(chosen.innerText);
  }
  for (const chosen of document.querySelectorAll('[aria-pressed=true], nav [aria-current=page]')) {
    const state = chosen.hasAttribute('aria-pressed') ? '[aria-pressed=false]' : ':not([aria-current])';
    const other = chosen.parentElement.querySelector(`${chosen.localName}${state}`);
    if (!chosen.checkVisibility() || !other?.checkVisibility()) continue;
    count += 1;
    if (paint(chosen) === paint(other)) alike.push(chosen.innerText);
  }
  const edged = '.button:not(.quiet), input:not([type=radio], [type=checkbox]), textarea, select';
  const bare = [...document.querySelectorAll(edged)]
    .filter((one) => one.checkVisibility() && parseFloat(getComputedStyle(one).borderTopWidth) === 0)
    .map((one) => one.className);
  return { count, alike, bare };
}"""
THEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
#: notes for how long whatever moves is going to move, in ms
WATCH_MOTION = """() => {
  window.moved = [];
  const note = () => {
    for (const one of document.getAnimations()) window.moved.push(Number(one.effect.getComputedTiming().duration));
  };
  for (const kind of ['animationstart', 'transitionrun']) document.addEventListener(kind, note, true);
}"""


def test_controls_can_be_told_from_what_is_behind_them(aino: Phone, ainos_office: Office) -> None:
    """[U16] The edge or the filling of each field, choice and button: 3:1. (axe looks at the text: 4.5:1.)"""
    found: list[str] = []
    places = places_with_controls(ainos_office)
    for theme, place in product(THEMES, places):
        aino.page.emulate_media(color_scheme=theme, reduced_motion="reduce")
        go(aino.page, place)
        edges = aino.page.evaluate(EDGES)
        found += [f"{place}, {theme}: {name} {ratio:.2f}" for name, ratio in edges if ratio < CONTROLS_MIN]
    assert found == []


def test_with_forced_colours_a_choice_can_be_told(aino: Phone, ainos_office: Office) -> None:
    """[U16] What is chosen is painted otherwise than what is not, and what is pressed or filled in has an edge."""
    page = aino.page
    page.emulate_media(forced_colors="active", reduced_motion="reduce")
    counted = 0
    for place in places_with_controls(ainos_office):
        go(page, place)
        choices = page.evaluate(CHOICES)
        assert (place, choices["alike"], choices["bare"]) == (place, [], [])
        counted += choices["count"]
    assert counted > 10


def test_nothing_moves_for_who_asks_for_no_motion(aino: Phone, ainos_office: Office) -> None:
    """[U17] A sheet, a choice, a message and a fold."""
    aino.page.emulate_media(reduced_motion="reduce")
    assert max(motions(aino, ainos_office), default=0) <= 1


def test_motion_is_short(aino: Phone, ainos_office: Office) -> None:
    """[U17] Under 200 ms, and only where something went."""
    aino.page.emulate_media(reduced_motion="no-preference")
    assert 0 < max(motions(aino, ainos_office)) <= MOTION_MAX_MS


def test_the_theme_follows_the_system_or_the_person(phone_of: PhoneOf) -> None:
    """[U16] The system's, until somebody chooses; then theirs, whatever the system says."""
    phone = phone_of("aino")
    page = phone.page
    go(page, "/settings")
    papers = {}
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
        papers[scheme] = paper(page)
    assert papers["light"] != papers["dark"]
    page.get_by_role("radio", name=fi("settings.themeLight"), exact=True).check()
    assert paper(page) == papers["light"]
    page.emulate_media(color_scheme="light")
    page.get_by_role("radio", name=fi("settings.themeDark"), exact=True).check()
    assert paper(page) == papers["dark"]


def motions(phone: Phone, office: Office) -> list[float]:
    page = phone.page
    page.evaluate(WATCH_MOTION)
    open_add(page, "/")
    settle(page)
    leave_sheet(page)
    choose(page, addresses(office, "")["/clients/:caseId/visits/:record"], 1)
    go(page, "/")
    log_unplanned(phone, office.clients.eino).save()
    settle(page)
    moved: list[float] = page.evaluate("window.moved")
    return moved


def paper(page: Page) -> str:
    colour: str = page.evaluate("getComputedStyle(document.body).backgroundColor")
    return colour


def places_with_controls(office: Office) -> list[str]:
    at = addresses(office, differ(office))
    wanted = re.compile(r"visits|plan|goals|phase|notes|settings|clients$|differing|week|outbox|install")
    return [place for place in at.values() if wanted.search(place)]
