"""The plain note: something worth keeping that was not a visit."""

from server.kinds.base import Kind, code, codes, instant, long_text


class Note(Kind):
    icon = "notebook-pen"
    made_by_hand = True
    happened = ("at",)

    text = long_text()
    at = instant()
    areas = codes("guidance_area")
    visibility = code("record_visibility")
