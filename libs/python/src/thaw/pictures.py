"""Pictures as files: PNG from arrays, without a library of pictures."""

from __future__ import annotations

import io
import os
import struct
import zlib
from pathlib import Path
from typing import Any, Callable, Tuple

ENDINGS = {b"\x89PNG": "png", b"\xff\xd8\xff": "jpg", b"GIF8": "gif", b"RIFF": "webp", b"<svg": "svg", b"<?xm": "svg"}

Picture = Callable[[], Tuple[str, bytes]]
"""Gives the ending of the file's name, and its bytes."""


def take_picture(image: Any) -> Picture:
    """A copy of the picture as it is now; encoding it is left for later, on another thread.

    image: a path or the bytes of a PNG, JPEG, WebP, GIF or SVG file; a PIL image; a matplotlib figure; or an array or
    tensor of shape (height, width), (height, width, 1|3|4) or (1|3|4, height, width), of integers 0 to 255 or floats
    0 to 1. Raises TypeError or ValueError for anything else.
    """
    if isinstance(image, (str, os.PathLike)):
        content = Path(image).read_bytes()
        return lambda: (_ending(content), content)
    if isinstance(image, (bytes, bytearray, memoryview)):
        content = bytes(image)
        return lambda: (_ending(content), content)
    if hasattr(image, "savefig"):
        return _saved(lambda file: image.savefig(file, format="png"))
    if hasattr(image, "save") and hasattr(image, "mode"):
        copy = image.copy()
        return lambda: _saved(lambda file: copy.save(file, format="PNG"))()
    array = _to_array(image)
    return lambda: ("png", _png(array))


def _ending(content: bytes) -> str:
    for start, ending in ENDINGS.items():
        if content.startswith(start):
            return ending
    raise ValueError("the file is no PNG, JPEG, WebP, GIF or SVG")


def _saved(save: Callable[[io.BytesIO], Any]) -> Picture:
    file = io.BytesIO()
    save(file)
    return lambda: ("png", file.getvalue())


def _to_array(image: Any) -> Any:
    import numpy

    if hasattr(image, "detach"):
        image = image.detach().cpu()
    array = numpy.array(image.numpy() if hasattr(image, "numpy") else image)
    if array.ndim == 2:
        array = array[:, :, None]
    if array.ndim != 3:
        raise ValueError(f"its shape is {array.shape}; a picture is (height, width), (height, width, 1|3|4) or (1|3|4, height, width)")
    if array.shape[2] not in (1, 3, 4):
        array = array.transpose(1, 2, 0)
    if array.shape[2] not in (1, 3, 4) or 0 in array.shape:
        raise ValueError(f"its shape is {numpy.shape(image)}; a picture has 1, 3 or 4 channels, and pixels")
    if array.dtype.kind == "b":
        array = array * 255
    elif array.dtype.kind == "f":
        array = numpy.nan_to_num(array) * 255 + 0.5
    elif array.dtype.kind not in "iu":
        raise TypeError(f"it holds {array.dtype}; a picture holds integers 0 to 255 or floats 0 to 1")
    return numpy.clip(array, 0, 255).astype(numpy.uint8)


def _png(array: Any) -> bytes:
    """array: uint8, (height, width, 1|3|4)"""
    height, width, channels = array.shape
    rows = b"".join(b"\0" + array[row].tobytes() for row in range(height))
    header = struct.pack(">IIBBBBB", width, height, 8, {1: 0, 3: 2, 4: 6}[channels], 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + _chunk(b"IDAT", zlib.compress(rows, 6)) + _chunk(b"IEND", b"")


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
