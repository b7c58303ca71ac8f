"""The shapes of the exchange in the OpenAPI document. The wire itself is read by `server/sync/protocol.py`."""

from marshmallow import Schema, fields, validate

from server.api.schemas import ProblemShape
from server.config import LIMITS
from server.rules.shape import ID_PATTERN, KIND_NAME, PATH_SHAPE

STAMP_PATTERN = r"^[0-9]{13}-[0-9a-f]{4}-[0-9a-f]{12}$"


def _id() -> fields.String:
    return fields.String(required=True, validate=validate.Regexp(ID_PATTERN))


def _stamp() -> fields.String:
    return fields.String(required=True, validate=validate.Regexp(STAMP_PATTERN))


def _count() -> fields.Integer:
    return fields.Integer(required=True, strict=True, validate=validate.Range(min=0))


def _path() -> fields.String:
    """A field, or a field and an item of it: `minutes/direct`."""
    shape = validate.Regexp(f"^{PATH_SHAPE.pattern}$")
    return fields.String(validate=[shape, validate.Length(1, LIMITS.path_chars_max)])


def _kind() -> fields.String:
    return fields.String(required=True, validate=validate.Regexp(f"^{KIND_NAME.pattern}$"))


def _set() -> fields.Dict:
    return fields.Dict(
        keys=_path(),
        values=fields.Raw(allow_none=True),
        required=True,
        metadata={
            "minProperties": 1,
            "maxProperties": LIMITS.paths_max,
            "description": "by path; the values of a kind that is declared stand in `<Kind>Fields`",
        },
    )


def _seen() -> fields.Dict:
    return fields.Dict(
        keys=_path(),
        values=fields.List(_id(), validate=validate.Length(max=LIMITS.seen_ids_max)),
        required=True,
        metadata={
            "description": f"ids of changes by path, {LIMITS.seen_ids_max} in all; sent again in the same order (W3)"
        },
    )


class SyncChange(Schema):
    """What one person did to one record at one moment. Never altered."""

    id = _id()
    record = _id()
    kind = _kind()
    case = _id()
    at = _stamp()
    set = _set()
    seen = _seen()


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
    more_follow = fields.Boolean(required=True, metadata={"description": "more batches follow (W7)"})
    escalated = fields.List(
        _id(),
        validate=validate.Length(max=LIMITS.batch_changes_max),
        metadata={"description": "ids of changes that go to the supervisor where they would be refused (S7)"},
    )
    reads = fields.List(fields.Nested(SyncRead), validate=validate.Length(max=LIMITS.reads_max))
    check = fields.List(_id(), validate=validate.Length(max=LIMITS.checks_max))
    repair = fields.List(_id(), validate=validate.Length(max=LIMITS.checks_max))


class SyncVerdict(Schema):
    id = fields.String(required=True)
    verdict = fields.String(
        required=True, validate=validate.OneOf(["applied", "duplicate", "conflict", "in_review", "refused"])
    )
    seq = fields.Integer()
    problem = fields.Nested(ProblemShape)


class RefusedItem(Schema):
    """An item that was not taken, by its place in the list that it came in (W14)."""

    list = fields.String(required=True, validate=validate.OneOf(["escalated", "reads", "check", "repair"]))
    index = _count()
    problem = fields.Nested(ProblemShape, required=True)


class SyncFile(Schema):
    """What became of a case file: fetched anew, to be dropped, or a digest of one of its classes (D4)."""

    case = _id()
    event = fields.String(required=True, validate=validate.OneOf(["backfill", "purge", "check"]))
    class_ = fields.String(data_key="class", attribute="class")
    digest = fields.String()
    seq = fields.Integer()


class SyncRecord(Schema):
    """The current state of a record (W9)."""

    seq = _count()
    id = _id()
    kind = _kind()
    case = _id()
    class_ = fields.String(
        data_key="class", attribute="class", metadata={"description": "of visibility (D4); missing where it is `file`"}
    )
    by = fields.List(
        fields.List(fields.String(), validate=validate.Length(equal=3)),
        required=True,
        metadata={"description": "[change, rank, author] each"},
    )
    fields_ = fields.Dict(
        keys=_path(),
        values=fields.List(fields.List(fields.Raw(allow_none=True), validate=validate.Length(equal=2))),
        required=True,
        data_key="fields",
        attribute="fields",
        metadata={"description": "by path: [index into by, value] each, the shown one first"},
    )


class SyncProgress(Schema):
    done = _count()
    total = _count()


class SyncReply(Schema):
    """With `reset` alone where the cursor is unknown; with an empty page while `more_follow` was true."""

    protocol = _count()
    epoch = fields.String(required=True)
    server_time = fields.Integer(required=True, metadata={"description": "ms since 1970"})
    reset = fields.Boolean()
    backed_up_seq = fields.Integer()
    verdicts = fields.List(fields.Nested(SyncVerdict))
    refused = fields.List(
        fields.Nested(RefusedItem),
        metadata={"description": "items of `escalated`, `reads`, `check`, `repair`; missing where all were taken"},
    )
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
    set = _set()
    seen = _seen()


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
    set = _set()


class FileHistory(Schema):
    entries = fields.List(fields.Nested(FileHistoryEntry), required=True)
    last = fields.Integer(required=True)
    next = fields.Integer(required=True, allow_none=True)
