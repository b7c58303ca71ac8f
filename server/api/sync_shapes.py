"""The shapes of the exchange in the OpenAPI document. The wire itself is read by `server/sync/wire.py`."""

from marshmallow import Schema, fields, validate

from server.api.schemas import ProblemShape
from server.config import LIMITS
from server.kinds.base import ID_PATTERN

STAMP_PATTERN = r"^[0-9]{13}-[0-9a-f]{4}-[0-9a-f]{12}$"


def _id() -> fields.String:
    return fields.String(required=True, validate=validate.Regexp(ID_PATTERN))


def _stamp() -> fields.String:
    return fields.String(required=True, validate=validate.Regexp(STAMP_PATTERN))


def _count() -> fields.Integer:
    return fields.Integer(required=True, strict=True, validate=validate.Range(min=0))


class SyncChange(Schema):
    """What one person did to one record at one moment. Never altered."""

    id = _id()
    record = _id()
    kind = fields.String(required=True)
    case = _id()
    at = _stamp()
    set = fields.Dict(keys=fields.String(), values=fields.Raw(allow_none=True), required=True)
    seen = fields.Dict(keys=fields.String(), values=fields.List(_id()), required=True)


class SyncRead(Schema):
    """That a case file was opened on this device (L3)."""

    id = _id()
    case = _id()
    at = _stamp()


class SyncRequest(Schema):
    protocol = fields.Integer(required=True, strict=True, validate=validate.Range(min=1))
    schema = fields.Integer(required=True, strict=True, validate=validate.Range(min=1))
    device = fields.String()
    cursor = fields.String(allow_none=True, required=True)
    changes = fields.List(
        fields.Nested(SyncChange), required=True, validate=validate.Length(max=LIMITS.batch_changes_max)
    )
    rest = fields.Boolean(required=True, metadata={"description": "more batches follow (W7)"})
    handed = fields.List(
        _id(),
        validate=validate.Length(max=LIMITS.batch_changes_max),
        metadata={"description": "ids of changes that go to the supervisor where they would be refused (S7)"},
    )
    reads = fields.List(fields.Nested(SyncRead), validate=validate.Length(max=LIMITS.reads_max))
    check = fields.List(_id(), validate=validate.Length(max=LIMITS.checks_max))
    repair = fields.List(_id(), validate=validate.Length(max=LIMITS.checks_max))


class SyncVerdict(Schema):
    id = fields.String(required=True)
    verdict = fields.String(required=True, validate=validate.OneOf(["applied", "had", "differs", "held", "refused"]))
    seq = fields.Integer()
    problem = fields.Nested(ProblemShape)


class SyncFile(Schema):
    """What became of a case file: fetched anew, to be dropped, or a digest of one of its classes (D4)."""

    case = _id()
    event = fields.String(required=True, validate=validate.OneOf(["fill", "purge", "check"]))
    class_ = fields.String(data_key="class", attribute="class")
    digest = fields.String()
    seq = fields.Integer()


class SyncRecord(Schema):
    """The current state of a record (W9)."""

    seq = _count()
    id = _id()
    kind = fields.String(required=True)
    case = _id()
    class_ = fields.String(
        data_key="class", attribute="class", metadata={"description": "of visibility (D4); missing where it is `file`"}
    )
    by = fields.List(
        fields.List(fields.String()),
        required=True,
        metadata={"description": "[change, rank, author] each"},
    )
    fields_ = fields.Dict(
        keys=fields.String(),
        values=fields.List(fields.List(fields.Raw(allow_none=True))),
        required=True,
        data_key="fields",
        attribute="fields",
        metadata={"description": "by path: [index into by, value] each, the shown one first"},
    )


class SyncProgress(Schema):
    done = _count()
    total = _count()


class SyncReply(Schema):
    """With `reset` alone where the cursor is unknown; with an empty page while `rest` was true."""

    protocol = _count()
    epoch = fields.String(required=True)
    server_time = fields.Integer(required=True, metadata={"description": "ms since 1970"})
    reset = fields.Boolean()
    durable = fields.Integer()
    verdicts = fields.List(fields.Nested(SyncVerdict))
    touched = fields.List(fields.Nested(SyncRecord))
    files = fields.List(fields.Nested(SyncFile))
    records = fields.List(fields.Nested(SyncRecord))
    cursor = fields.String()
    more = fields.Boolean()
    progress = fields.Nested(SyncProgress, allow_none=True)


class HistoryEntry(Schema):
    change = _id()
    at = _stamp()
    received = _stamp()
    author = _id()
    set = fields.Dict(keys=fields.String(), values=fields.Raw(allow_none=True), required=True)
    seen = fields.Dict(keys=fields.String(), values=fields.List(_id()), required=True)


class History(Schema):
    entries = fields.List(fields.Nested(HistoryEntry), required=True)
    next = fields.Integer(required=True, allow_none=True)


class FileHistoryEntry(Schema):
    """What a reader of the history sees of a change: when in milliseconds since 1970."""

    change = _id()
    record = _id()
    at_ms = _count()
    received_ms = _count()
    author = _id()
    set = fields.Dict(keys=fields.String(), values=fields.Raw(allow_none=True), required=True)


class FileHistory(Schema):
    entries = fields.List(fields.Nested(FileHistoryEntry), required=True)
    last = fields.Integer(required=True)
    next = fields.Integer(required=True, allow_none=True)
