"""The camera within the page, played by a device that Chromium makes up."""

from playwright.sync_api import expect

from tests.browser.conftest import PhoneOf
from tests.browser.office import Office
from tests.browser.phone import Phone
from tests.browser.test_accessible import violations
from tests.browser.test_attachments import here, on_a_visit, pictures
from tests.browser.test_vault import TURN
from tests.browser.words import fi

#: keeps what the page was given, so that a test sees whether it still runs
LISTEN = """() => {
  window.given = [];
  const ask = MediaDevices.prototype.getUserMedia;
  MediaDevices.prototype.getUserMedia = async function (wanted) {
    const stream = await ask.call(this, wanted);
    window.given.push({ wanted, track: stream.getTracks()[0] });
    return stream;
  };
}"""
#: a key is pressed when nobody has been here for long
COME_LATE = """() => {
  Date.now = ((now) => () => now() + 6 * 60_000)(Date.now);
  document.body.dispatchEvent(new KeyboardEvent('keydown', { bubbles: true }));
}"""


def running(phone: Phone) -> list[bool]:
    """Of each stream that the page was ever given, whether it runs."""
    found: list[bool] = phone.page.evaluate("given.map(({ track }) => track.readyState === 'live')")
    return found


def test_x9_a_photo_is_taken_in_the_page(phone_of: PhoneOf, office: Office) -> None:
    """[X9] Refused it says how it is allowed, and the other way stays. Allowed it looks away from the worker, takes one
    picture, takes it again, and attaches it without a network; the camera ends when taken, hidden, closed, locked."""
    aino = phone_of("aino")
    on_a_visit(aino, office)
    aino.offline()
    aino.page.evaluate(LISTEN)

    aino.tap(aino.button(fi("attachment.take")))
    expect(aino.page.get_by_text(fi("attachment.camera.faults.refused.title"))).to_be_visible()
    assert violations(aino.page) == []
    with aino.page.expect_file_chooser() as chosen:
        aino.tap(aino.button(fi("attachment.camera.program")))
    assert chosen.value.element.get_attribute("capture") == "environment"
    expect(aino.page.get_by_role("dialog")).to_have_count(0)
    aino.tap(aino.button(fi("attachment.take")))

    assert aino.context
    aino.context.grant_permissions(["camera"], origin=aino.address)
    aino.tap(aino.button(fi("attachment.camera.tryAgain")))
    shoot = aino.page.get_by_role("dialog").get_by_role("button", name=fi("attachment.camera.shoot"), exact=True)
    expect(shoot).to_be_enabled()
    wanted = aino.page.evaluate("given[0].wanted")
    assert (wanted["audio"], wanted["video"]["facingMode"]) == (False, {"ideal": "environment"})
    assert running(aino) == [True]
    assert violations(aino.page) == []
    aino.page.evaluate(TURN, "hidden")
    assert running(aino) == [False]
    aino.page.evaluate(TURN, "visible")
    expect(shoot).to_be_enabled()
    assert running(aino) == [False, True]

    aino.tap(shoot)
    expect(aino.page.get_by_role("img", name=fi("attachment.camera.taken"))).to_be_visible()
    assert running(aino) == [False, False]
    assert violations(aino.page) == []
    aino.tap(aino.button(fi("attachment.camera.again")))
    expect(shoot).to_be_enabled()
    aino.tap(shoot)
    aino.tap(aino.button(fi("attachment.camera.use")))
    expect(aino.page.get_by_text(fi("shell.savedHere")).first).to_be_visible()
    expect(pictures(aino)).to_have_count(1)
    assert running(aino) == [False] * 3

    aino.tap(here(aino).get_by_role("button", name=fi("attachment.take"), exact=True))
    expect(shoot).to_be_enabled()
    aino.tap(aino.page.get_by_role("dialog").get_by_role("button", name=fi("shell.close")))
    expect(shoot).to_have_count(0)
    assert running(aino) == [False] * 4
    aino.tap(here(aino).get_by_role("button", name=fi("attachment.take"), exact=True))
    expect(shoot).to_be_enabled()
    aino.page.evaluate(COME_LATE)
    expect(aino.page.get_by_role("heading", level=1, name=fi("session.lockTitle"))).to_be_visible()
    assert running(aino) == [False] * 5
