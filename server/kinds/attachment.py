"""A photo or a document that hangs on a record: what travels with the entries. Its bytes follow (SPEC X)."""

from marshmallow import fields

from server.config import LIMITS
from server.kinds.base import Kind, Part, choice, instant, reference, text, whole
from server.kinds.rules import group


class FileFacts(Part):
    """Which file it is. Its bytes are taken only where they are these."""

    sentence = ("sort",)

    sort = choice("photo", "pdf")
    bytes = whole(1, LIMITS.attachment_bytes_max)
    sha256 = text(64, written=False, searched=False, joined=False)


class Attachment(Kind):
    icon = "paperclip"
    made_by_hand = True
    layout = (group("name"),)

    #: the record that it hangs on, of the same case file
    about = reference()
    #: what it shows, in somebody's words; the file's own name stays on the device it came from
    name = text()
    file = fields.Nested(FileFacts)
    taken_at = instant()
