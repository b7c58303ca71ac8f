"""Quick unlock: one touch opens the phone, without a network, and nothing but that finger does (WebAuthn PRF)."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Locator, expect

from tests.browser.conftest import PhoneOf
from tests.browser.office import Office
from tests.browser.phone import Phone
from tests.browser.profile_files import files_with
from tests.browser.screens import log_unplanned
from tests.browser.words import fi
from tests.cast import PASSWORD

PLATFORM = {
    "protocol": "ctap2",
    "ctap2Version": "ctap2_1",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
    "hasPrf": True,
}
#: listens at the authenticator: `asked` keeps every credential and the bytes that it gave
LISTEN = """() => {
  window.asked = [];
  const door = navigator.credentials;
  for (const name of ['create', 'get']) {
    const ask = door[name].bind(door);
    door[name] = async (options) => {
      const credential = await ask(options);
      const given = credential.getClientExtensionResults().prf?.results?.first;
      if (given) window.asked.push({ given, bytes: [...new Uint8Array(given)] });
      return credential;
    };
  }
}"""
#: a finger that answers with what it is told: the virtual authenticator does not outlive its browser, and cannot lie
PLAY = """(bytes) => {
  navigator.credentials.get = async () => ({
    rawId: new ArrayBuffer(16),
    getClientExtensionResults: () => ({ prf: bytes && { results: { first: Uint8Array.from(bytes).buffer } } }),
  });
}"""
DATA_KEY = """() => new Promise((told) => {
  const channel = new BroadcastChannel('ovikello');
  channel.onmessage = ({ data }) => { if (data.type === 'open') { channel.close(); told([...data.dataKey]); } };
  channel.postMessage({ type: 'who?' });
})"""
SLOTS = """() => new Promise((told) => {
  const opening = indexedDB.open('ovikello');
  opening.onsuccess = () => {
    const all = opening.result.transaction('profiles').objectStore('profiles').getAll();
    all.onsuccess = () => {
      opening.result.close();
      told(all.result.map(({ passkey }) => (passkey ? [...passkey.salt] : null)));
    };
  };
})"""


class Finger:
    """The phone's authenticator, as the developer protocol plays it: one for each page, until its browser ends."""

    def __init__(self, phone: Phone, **options: bool) -> None:
        assert phone.context
        self._session = phone.context.new_cdp_session(phone.page)
        self._session.send("WebAuthn.enable")
        added = self._session.send("WebAuthn.addVirtualAuthenticator", {"options": PLATFORM | options})
        self._id = added["authenticatorId"]

    def credentials(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self._send("getCredentials")["credentials"]
        return found

    def refuses(self, is_refused: bool = True) -> None:
        self._send("setUserVerified", isUserVerified=not is_refused)

    def forgets(self) -> None:
        self._send("clearCredentials")

    def _send(self, command: str, **values: object) -> dict[str, Any]:
        answered: dict[str, Any] = self._session.send(f"WebAuthn.{command}", {"authenticatorId": self._id} | values)
        return answered


def test_one_touch_opens_without_a_network(phone_of: PhoneOf, office: Office) -> None:
    """[V9, V5] Turned on from a tap; then one touch opens the lock, and the app started cold, with no network."""
    phone, finger = with_quick_unlock(phone_of)
    (passkey,) = finger.credentials()
    assert passkey["isResidentCredential"]
    assert passkey["userName"] not in {"aino", office.cast.aino.name}
    phone.offline()
    lock(phone)
    phone.taps = 0
    phone.tap(phone.button(fi("session.open")))
    expect(settings(phone)).to_be_visible()
    assert phone.taps == 1

    phone.go("shell.today")
    sheet = log_unplanned(phone, office.clients.eino)
    sheet.save()
    phone.page.reload()
    expect(phone.page.get_by_text(fi("lock.unsentHere", 1))).to_be_visible()
    assert phone.field(fi("session.password")).count() == 0
    phone.tap(phone.button(fi("session.open")))
    expect(phone.chip).to_have_text(fi("shell.waiting", 1))


def test_a_new_browser_process_opens_with_the_same_finger(phone_of: PhoneOf) -> None:
    """[V9] Started cold and offline in another process: the slot is on the disk, the answer comes from the finger."""
    phone, _ = with_quick_unlock(phone_of)
    answer = phone.page.evaluate("asked.at(-1).bytes")
    phone.close()
    phone.open(offline=True)
    phone.page.evaluate(PLAY, [255 - byte for byte in answer])
    phone.tap(phone.button(fi("session.open")))
    expect(notice(phone, "lock.passkeyOther")).to_be_visible()
    phone.page.evaluate(PLAY, answer)
    phone.tap(phone.button(fi("session.open")))
    expect(phone.today).to_be_visible()


def test_what_the_finger_cannot_open_the_password_does(phone_of: PhoneOf) -> None:
    """[V9] Cancelled, gone, or without its secret: a plain sentence, and the password beside it."""
    phone, finger = with_quick_unlock(phone_of)
    lock(phone)
    finger.refuses()
    phone.tap(phone.button(fi("session.open")))
    expect(notice(phone, "lock.passkeyDeclined")).to_be_visible()
    finger.refuses(False)
    finger.forgets()
    phone.tap(phone.button(fi("session.open")))
    expect(notice(phone, "lock.passkeyDeclined")).to_be_visible()
    # A credential that was moved from another phone without its secret.
    phone.page.evaluate(PLAY, None)
    phone.tap(phone.button(fi("session.open")))
    expect(notice(phone, "lock.passkeyUnsupported")).to_be_visible()
    phone.tap(phone.button(fi("lock.openByPassword")))
    phone.unlock_anywhere(PASSWORD)
    expect(settings(phone)).to_be_visible()


def test_an_authenticator_without_prf_is_not_taken(phone_of: PhoneOf) -> None:
    """[V9] No authenticator: not offered. One without PRF: said, and nothing changed. Cancelled: the same."""
    phone = phone_of("aino")
    phone.go("shell.more", "shell.settings")
    expect(phone.page.get_by_text(fi("settings.quickMissing"))).to_be_visible()
    assert phone.button(fi("settings.quickTurnOn")).count() == 0
    finger = Finger(phone, hasPrf=False)
    sheet = open_the_sheet(phone)
    phone.tap(sheet.get_by_role("button", name=fi("settings.quickTurnOn")))
    expect(sheet.get_by_text(fi("settings.quickMissing"))).to_be_visible()
    finger.refuses()
    phone.tap(sheet.get_by_role("button", name=fi("settings.quickTurnOn")))
    expect(sheet.get_by_text(fi("settings.quickDeclined"))).to_be_visible()
    assert phone.page.evaluate(SLOTS) == [None]


def test_turned_off_the_password_alone_opens(phone_of: PhoneOf) -> None:
    """[V9] The slot is gone, and the phone's list of passkeys drops its line."""
    phone, finger = with_quick_unlock(phone_of)
    phone.tap(phone.button(fi("settings.quickTurnOff")))
    expect(phone.page.get_by_text(fi("settings.quickOff"))).to_be_visible()
    assert phone.page.evaluate(SLOTS) == [None]
    assert finger.credentials() == []
    lock(phone)
    expect(phone.field(fi("session.password"))).to_be_visible()
    assert phone.button(fi("lock.openByPassword")).count() == 0


def test_no_file_holds_the_answer_or_the_key(phone_of: PhoneOf) -> None:
    """[V1, V2, V9] Neither open, nor locked, nor opened by touch, nor signed out; and the page keeps no answer."""
    phone, _ = with_quick_unlock(phone_of)
    (salt,) = phone.page.evaluate(SLOTS)
    secret = [bytes(phone.page.evaluate(DATA_KEY)), *answers(phone)]
    assert [len(one) for one in secret] == [32, 32]
    assert files_with(phone.profile, *secret) == []
    lock(phone)
    phone.tap(phone.button(fi("session.open")))
    expect(settings(phone)).to_be_visible()
    secret += answers(phone)
    assert phone.page.evaluate("asked.map((one) => one.given.byteLength)") == [0, 0]
    assert files_with(phone.profile, bytes(salt)) != []
    assert files_with(phone.profile, *secret) == []

    phone.tap(phone.button(fi("settings.signOut")).first)
    phone.tap(phone.page.get_by_role("dialog").get_by_role("button", name=fi("settings.signOut")))
    expect(phone.page.get_by_role("heading", name=fi("session.signIn"))).to_be_visible()
    assert phone.page.evaluate(SLOTS) == []
    phone.close()
    assert files_with(phone.profile, *secret) == []


def with_quick_unlock(phone_of: PhoneOf) -> tuple[Phone, Finger]:
    """Aino's phone on Asetukset, where she has just turned it on."""
    phone = phone_of("aino")
    finger = Finger(phone)
    phone.page.evaluate(LISTEN)
    phone.go("shell.more", "shell.settings")
    sheet = open_the_sheet(phone)
    phone.tap(sheet.get_by_role("button", name=fi("settings.quickTurnOn")))
    expect(phone.page.get_by_text(fi("settings.quickIsOn"), exact=True)).to_be_visible()
    return phone, finger


def open_the_sheet(phone: Phone) -> Locator:
    # Whether there is an authenticator is asked when the screen opens.
    phone.tap(phone.button(fi("shell.back")))
    phone.go("shell.settings")
    phone.tap(phone.button(fi("settings.quickTurnOn")))
    return phone.page.get_by_role("dialog", name=fi("settings.quick"))


def lock(phone: Phone) -> None:
    phone.tap(phone.button(fi("settings.lockNow")))
    expect(phone.page.get_by_role("heading", name=fi("session.lockTitle"))).to_be_visible()


def settings(phone: Phone) -> Locator:
    return phone.page.get_by_role("heading", level=1, name=fi("shell.settings"))


def notice(phone: Phone, word: str) -> Locator:
    return phone.page.get_by_role("status").filter(has_text=fi(word))


def answers(phone: Phone) -> list[bytes]:
    return [bytes(one) for one in phone.page.evaluate("asked.map((one) => one.bytes)")]
