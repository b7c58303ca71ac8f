"""An OpenID Connect provider that is not ours: the npm package `oidc-provider`, in a process of its own, by https.

Its name resolves to a public address, and connections to that go to loopback, so that the rules of what leaves the
server (N9) hold as they are. `Visitor` is a browser at its pages, as far as the walk needs one.
"""

import json
import socket
import ssl
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.client import HTTPSConnection
from http.cookies import SimpleCookie
from pathlib import Path
from urllib.parse import parse_qs, urlencode, urljoin, urlsplit

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from server.config import Provider
from server.core.outbound import Wire
from tests import node
from tests.ports import free_port
from tests.push_service import PUBLIC_ADDRESS

FOLDER = Path(__file__).resolve().parent / "oidc_testing"
HOST = "tunnus.example"
SECRET = "only for tests: 89abcdef0123456789abcdef"


@dataclass(frozen=True)
class IndependentProvider:
    port: int
    certificate: Path
    #: of the app
    address: str

    def configured(self, organisation: str, **more: object) -> Provider:
        given = {"name_claim": "preferred_username", **more}
        return Provider("county", f"https://{HOST}", "ovikello", SECRET, "Harjulan tunnus", organisation, **given)  # type: ignore[arg-type]

    def wire(self) -> Wire:
        return wire_to(self.port, self.certificate)


def wire_to(port: int, certificate: Path) -> Wire:
    """By which a server, perhaps in a process of its own, reaches the provider on a port."""

    def connect(host: str, _address: str, timeout_s: float) -> socket.socket:
        plain = socket.create_connection(("127.0.0.1", port), timeout_s)
        return ssl.create_default_context(cafile=certificate).wrap_socket(plain, server_hostname=host)

    return Wire(resolve=lambda _host: [PUBLIC_ADDRESS], connect=connect, limit_s=10)


@dataclass
class Visitor:
    """Somebody's browser at the provider: it keeps cookies, follows redirects, and stops where it is sent back."""

    provider: IndependentProvider
    cookies: dict[str, str] = field(default_factory=dict)

    def sign_in(self, address: str, name: str, amr: str = "") -> dict[str, str]:
        """What the return to the app carries."""
        where = self._follow(address)
        if not where.startswith(self.provider.address):
            where = self._follow(where, urlencode({"login": name, "amr": amr}))
        assert where.startswith(f"{self.provider.address}/sign-in?"), where
        return {key: value for key, (value,) in parse_qs(urlsplit(where).query).items()}

    def _follow(self, where: str, form: str | None = None) -> str:
        """To the page that asks for something, or back in the app."""
        while not where.startswith(self.provider.address):
            onward = self._ask(where, form)
            if onward is None:
                return where
            where, form = urljoin(where, onward), None
        return where

    def _ask(self, where: str, form: str | None) -> str | None:
        parts = urlsplit(where)
        assert parts.netloc == HOST, where
        context = ssl._create_unverified_context()  # noqa: S323 - a browser of the test's
        head = {"Host": HOST, "Cookie": "; ".join(f"{key}={value}" for key, value in self.cookies.items())}
        if form is not None:
            head["Content-Type"] = "application/x-www-form-urlencoded"
        with closing(HTTPSConnection("127.0.0.1", self.provider.port, timeout=10, context=context)) as connection:
            connection.request("GET" if form is None else "POST", f"{parts.path}?{parts.query}", form, head)
            reply = connection.getresponse()
            said = reply.read().decode()
            assert reply.status < 400, said
            for line in reply.headers.get_all("Set-Cookie") or []:
                for key, cookie in SimpleCookie(line).items():
                    self.cookies[key] = cookie.value
            return reply.headers.get("Location")


@contextmanager
def independent_provider(folder: Path, address: str) -> Iterator[IndependentProvider]:
    node.install(FOLDER)
    provider = IndependentProvider(free_port(), folder / "certificate.pem", address)
    key = _certified(provider.certificate)
    told = {"port": provider.port, "issuer": f"https://{HOST}", "redirect": f"{address}/sign-in", "secret": SECRET}
    told |= {"key": str(key), "certificate": str(provider.certificate)}
    command: list[str | Path] = [node.PROGRAM, FOLDER / "provider.mjs", json.dumps(told)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    try:
        assert process.stdout
        assert process.stdout.readline() == "listening\n"
        yield provider
    finally:
        process.kill()
        process.communicate()


def _certified(certificate: Path) -> Path:
    """A key, and beside it a certificate that nobody but the test trusts."""
    private = ec.generate_private_key(ec.SECP256R1())
    name, now = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, HOST)]), datetime.now(UTC)
    builder = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(private.public_key())
    builder = (
        builder.serial_number(1).not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=1))
    )
    builder = builder.add_extension(x509.SubjectAlternativeName([x509.DNSName(HOST)]), critical=False)
    certificate.write_bytes(builder.sign(private, SHA256()).public_bytes(Encoding.PEM))
    key = certificate.with_name("key.pem")
    key.write_bytes(private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    return key
