"""Every document against the national structure, transcribed apart: of random records and of the demo."""

import json
import subprocess
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from server import create_app, serve
from server.config import Settings
from server.core.actor import Actor
from server.core.models import Access, User, db
from server.demo import command, setup
from server.documents import codes, declaration, making
from server.rules import documents
from server.rules.declared_documents import Given, Told
from server.rules.document_page import document_rows, document_xhtml
from tests.documents import invented
from tests.documents.random_records import Writer
from tests.documents.structure import DOCUMENTS, IDENTITY, faults
from tests.node import PROGRAM

ROOT = Path(__file__).parents[2]
DECLARED = declaration.declared()
KEYS = [document["key"] for document in DECLARED["documents"]]
TABLES = codes._compact(codes.GivenTables(**invented.tables()))
RECORDS = 1000
SECRET = "only for tests: 0123456789abcdef0123456789abcdef"


def made(key: str, record: Told, others: list[Told], tables: Any = TABLES, language: str = "fi") -> Any:
    given: Given = {
        "record": record,
        "records": others,
        "codes": tables,
        "labels": declaration.labels(),
        "language": language,
    }
    return documents.made_document(documents.document_of(DECLARED, key), given)


def of_random_records() -> Iterator[tuple[str, dict[str, Any]]]:
    """Every document of a thousand records: its key, and what was made."""
    seen = seed = 0
    while seen < RECORDS:
        writer, seed = Writer(seed), seed + 1
        file = writer.file()
        seen += len(file)
        for row in documents.offered_documents(DECLARED, file):
            record = next(one for one in file if one["id"] == row["record"])
            others = [one for one in [*file, *writer.people] if one is not record]
            yield row["key"], made(row["key"], record, others, language="fi" if seed % 2 else "sv")


def oid_of(key: str) -> str:
    oid: str = documents.document_of(DECLARED, key)["oid"]
    return oid


def agrees(key: str, found: dict[str, Any]) -> None:
    """Nothing is wrong but the identity code, and that was told beforehand."""
    wrong = faults(oid_of(key), found["content"], invented.names())
    told = ["/".join(map(documents.key_of, one["at"])) for one in found["missing"] if one["why"] == "identity"]
    assert [fault for fault in wrong if f"/{IDENTITY}: required" not in fault] == [], key
    assert len(wrong) == len(told) <= 1, (key, wrong, told)
    assert all(one.endswith(IDENTITY) for one in told)


def test_z13_a_thousand_random_records_make_what_the_structure_wants() -> None:
    """[Z13] [Z14] Required, types, nothing unknown, nothing empty. Each document is made somewhere."""
    whole: Counter[str] = Counter()
    for key, found in of_random_records():
        if found["content"] is None:
            assert any(one["needed"] and one["why"] != "identity" for one in found["missing"]), key
        else:
            whole[key] += 1
            agrees(key, found)
    assert whole.keys() == set(KEYS)


def test_z16_pages_of_random_records_are_xml() -> None:
    """[Z16] Whatever people wrote; every text of the document is read on its page."""
    for key, found in of_random_records():
        if found["content"] is None:
            continue
        document = documents.document_of(DECLARED, key)
        rows = document_rows(document, found["content"], "fi")
        root = ET.fromstring(document_xhtml(document, found["name"]["fi"], rows, "fi"))  # noqa: S314 - our own page
        fields = {one.get("data-field") for one in root.iter("{http://www.w3.org/1999/xhtml}dd")}
        assert fields == set(keys_in(next(iter(found["content"].values())))), key


def keys_in(content: Any) -> Iterator[str]:
    """Of fields, not of the parts of a code or an identifier."""
    for value in content if isinstance(content, list) else []:
        yield from keys_in(value)
    if isinstance(content, dict) and "code" not in content and content.keys() != {"value"}:
        for key, value in content.items():
            yield key
            yield from keys_in(value)


def test_z12_what_is_declared_is_of_the_structure() -> None:
    """[Z12] Each document once or, of two kinds of ours, twice; known names; and Swedish labels throughout."""
    assert {document["oid"] for document in DECLARED["documents"]} == DOCUMENTS.keys()
    for document in DECLARED["documents"]:
        assert document.get("name") == DOCUMENTS[document["oid"]][0]
        assert all(field.get("sv") for field in fields_in(documents.document_of(DECLARED, document["key"])["fields"]))


def fields_in(fields: list[Any]) -> Iterator[dict[str, Any]]:
    for field in fields:
        yield field
        yield from fields_in(field.get("fields", []))


def test_z12_the_phone_writes_with_the_same_declaration_and_labels() -> None:
    """[Z12] What its build puts into the app is what the server has."""
    program = "import {documentsText} from './data.ts'; process.stdout.write(documentsText())"
    command = [str(PROGRAM), "--input-type=module", "-e", program]
    built = subprocess.run(command, cwd=ROOT / "pwa", check=True, capture_output=True, text=True).stdout
    assert json.loads(built) == {"declared": DECLARED, "labels": declaration.labels()}


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (lambda content: content.update(muuta="x"), "unknown"),
        (lambda content: content.pop("sosiaalipalvelu"), "required"),
        (lambda content: content.update(lisatiedot=None), "no T"),
        (lambda content: content.update(sosiaalipalvelun_alkamispaiva="1.2.2026"), "no P"),
        (lambda content: content["palvelutehtava"].update(system="urn:oid:1.2.246.537.6.1222"), "another code system"),
        (lambda content: content["palvelutehtava"].pop("display"), "no code"),
        (lambda content: content.update(asiakas=content["asiakas"][0]), "no list"),
    ],
)
def test_z13_the_structure_finds_what_is_wrong(spoil: Any, told: str) -> None:
    """[Z13] The judge of these tests, on a document that was spoiled."""
    file: list[Told] = [
        {"id": "c", "kind": "case", "author": "p", "values": {"client_name": "Anna Virta", "temporary_id": "T-1"}},
        {"id": "p", "kind": "person", "author": "", "values": {"name": "Aino Laine"}},
    ]
    values = {"status": "active", "start": "2026-01-01", "task": "family_services", "service_type": "supported_housing"}
    found = made("service_begins", {"id": "d", "kind": "decision", "author": "p", "values": values}, file)
    assert found["missing"] == []
    agrees("service_begins", found)
    spoil(found["content"]["merkinta_sosiaalipalvelun_alkamisesta"])
    wrong = faults(oid_of("service_begins"), found["content"], invented.names())
    assert len(wrong) == 1
    assert told in wrong[0]


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    folder: Path = tmp_path_factory.mktemp("demo")
    url = f"sqlite:///{folder / 'ovikello.sqlite'}"
    app = create_app(Settings(data_dir=folder, database_url=url, secret_key=SECRET))
    serve.bring_up_to_date(app)
    with command.using(app):
        setup.found(command.exchange_locally, 1773129780000, 1500, lambda _: None)
        yield app


@pytest.mark.usefixtures("demo")
def test_z13_documents_of_the_demo() -> None:
    """[Z13] [Z14] Of every client of a caseload; what cannot be made says why."""
    whole: Counter[str] = Counter()
    user = db.session.scalars(
        select(User).join(Access, Access.user == User.id).where(User.role == "team_leader")
    ).first()
    assert user is not None
    actor = Actor(org=user.org, user=user.id, device="laptop", role=user.role)
    for case in db.session.scalars(select(Access.case).where(Access.user == user.id)).all():
        if case == user.org:
            continue
        with db.engine.connect() as connection:
            own, others = making._records(connection, actor, case)
        for row in documents.offered_documents(DECLARED, own):
            record = next(one for one in own if one["id"] == row["record"])
            found = made(row["key"], record, [one for one in own + others if one is not record])
            if found["content"] is None:
                assert any(one["needed"] and one["why"] != "identity" for one in found["missing"])
            else:
                whole[row["key"]] += 1
                agrees(row["key"], found)
    assert {"entry_visit", "entry_not_held", "service_begins", "plan", "client_plan"} <= whole.keys(), whole
