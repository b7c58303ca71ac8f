"""What a file is, by its own bytes. What a device or a name says of it counts for nothing."""

PHOTO, PDF = "photo", "pdf"
#: by which the end of a PDF is looked for
PDF_END_BYTES = 1024


def sort_of(content: bytes) -> str | None:
    """`photo`, `pdf`, or None for whatever is not taken: vector pictures with their scripts, films, HEIC, pages."""
    if content.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")):
        return PHOTO
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return PHOTO
    if content.startswith(b"%PDF-") and b"%%EOF" in content[-PDF_END_BYTES:]:
        return PDF
    return None
