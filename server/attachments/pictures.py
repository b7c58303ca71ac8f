"""Pictures, drawn anew: what is kept is pixels, and nothing that lay beside them (place, camera, hidden files)."""

import io
from threading import BoundedSemaphore

from PIL import Image, ImageOps

from server.config import LIMITS

FORMATS = ("JPEG", "PNG", "WEBP")
TYPE = "image/jpeg"
#: each takes up to 100 MB while it is drawn, and there are many threads
ONE_AT_A_TIME = BoundedSemaphore(1)
WHITE = (255, 255, 255)
QUALITY = 85
SMALL_QUALITY = 70


class NoPicture(Exception):
    """It cannot be drawn, or would take too much memory."""


def redrawn(content: bytes) -> tuple[bytes, bytes]:
    """The picture and a small one, both JPEG, the right way up, without metadata. `NoPicture` where there is none."""
    with ONE_AT_A_TIME:
        try:
            picture = _opened(content)
        except NoPicture:
            raise
        except Exception as error:
            raise NoPicture from error
        small = picture.copy()
        small.thumbnail((LIMITS.attachment_small_side_px,) * 2)
        return _written(picture, QUALITY), _written(small, SMALL_QUALITY)


def _opened(content: bytes) -> Image.Image:
    with Image.open(io.BytesIO(content), formats=FORMATS) as given:
        if given.width * given.height > LIMITS.attachment_pixels_max:
            raise NoPicture
        given.draft("RGB", (LIMITS.attachment_side_px_max,) * 2)  # a large JPEG is decoded smaller
        given.load()
        upright = ImageOps.exif_transpose(given)
    upright.thumbnail((LIMITS.attachment_side_px_max,) * 2)
    if upright.mode in {"RGB", "L"}:
        return upright.convert("RGB")
    seen_through = upright.convert("RGBA")
    ground = Image.new("RGB", seen_through.size, WHITE)
    ground.paste(seen_through, mask=seen_through.getchannel("A"))
    return ground


def _written(picture: Image.Image, quality: int) -> bytes:
    """Of the pixels alone: a copy, since what was read with a picture is written with it too."""
    bare = Image.new("RGB", picture.size)
    bare.paste(picture)
    target = io.BytesIO()
    bare.save(target, "JPEG", quality=quality, optimize=True)
    return target.getvalue()
