"""A declared kind's form, filled as a person fills it: by its fields' names."""

from __future__ import annotations

from playwright.sync_api import Locator

from server.kinds import KINDS
from server.kinds.export import words_of
from tests.browser.phone import Phone
from tests.browser.rows.entry import Entry, Typed
from tests.browser.words import kind_word, label


def fill(phone: Phone, entry: Entry, name: str, value: Typed) -> None:
    target = field(phone, entry, name)
    match value:
        case bool():
            target.set_checked(value)
        case tuple():
            for code in value:
                target.get_by_role("checkbox", name=label_of(entry.kind, name, code), exact=True).check()
        case _ if target.evaluate("(one) => one.tagName") == "SELECT":
            target.select_option(label=label_of(entry.kind, name, value))
        case _ if target.get_by_role("radio").count() > 0:
            choose(phone, target, label_of(entry.kind, name, value))
        case _:
            target.fill(value)


def field(phone: Phone, entry: Entry, name: str) -> Locator:
    """The field, wherever it is folded. A moment has two: the clock stands beside the day."""
    base, _, part = name.rpartition(".")
    is_clock = part == "clock"
    shown = base if part in {"clock", "day"} else name
    target = phone.page.locator(f'[id="{entry.kind}-{shown}"]')
    if "/+." in shown:
        target = _in_a_card(phone, entry.kind, shown)
    if target.count() == 0 or not target.is_visible():
        unfold(phone)
    target.wait_for()
    return target.locator('xpath=following::input[@type="time"][1]') if is_clock else target


def _in_a_card(phone: Phone, kind: str, name: str) -> Locator:
    """`field/+.part`: a part of the one thing that a map holds; what stands there is added first."""
    map_name, _, part = name.partition("/+.")
    card = phone.page.locator(f'[id^="{kind}-{map_name}/"][id$=".{part}"]')
    if card.count() == 0:
        unfold(phone)
        phone.tap(phone.page.locator(f'[id="{kind}-{map_name}-add"] button'))
    return card


def unfold(phone: Phone) -> None:
    closed = "form details:not([open]) > summary, main details:not([open]) > summary"
    folded = phone.page.locator(closed).locator("visible=true")
    while folded.count() > 0:
        folded.first.click()


def choose(phone: Phone, target: Locator, word: str) -> None:
    """A choice; a stage that does not usually come next stands in the list beside it."""
    radio = target.get_by_role("radio", name=word, exact=True)
    if radio.count() == 0:
        phone.page.locator("select").filter(has_text=word).first.select_option(label=word)
    else:
        radio.check()


def label_of(kind: str, name: str, code: str) -> str:
    """A code as the screen says it; what is no code is its own label, and so is the answer to a named item."""
    if code.isdigit() or ("/" in name and "/+" not in name):
        return code
    about = field_about(kind, name)
    if catalogue := about.get("catalogue"):
        return label(catalogue, code)
    own = f"{name.replace('/+', '')}={code}"
    return kind_word(kind, own) if own in words_of(kind) else code


def field_about(kind: str, name: str) -> dict[str, str]:
    declared = KINDS[kind]().fields
    field, _, part = name.replace("/+", "").partition(".")
    found = declared[field.partition("/")[0]]
    found = getattr(found, "value_field", found)
    if part and hasattr(found, "schema"):
        found = found.schema.fields.get(part, found)
    about = dict(found.metadata)
    return about | dict(getattr(getattr(found, "inner", None), "metadata", {}))
