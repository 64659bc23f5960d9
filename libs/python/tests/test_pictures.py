import struct
import zlib

import numpy
import pytest

from thaw.pictures import take_picture


def decode(content):
    """Pixels of a PNG that no filter was used on."""
    assert content[:8] == b"\x89PNG\r\n\x1a\n"
    position, data = 8, b""
    while position < len(content):
        length, kind = struct.unpack(">I4s", content[position : position + 8])
        body = content[position + 8 : position + 8 + length]
        assert struct.unpack(">I", content[position + 8 + length : position + 12 + length])[0] == zlib.crc32(kind + body)
        if kind == b"IHDR":
            width, height, depth, colour = struct.unpack(">IIBB", body[:10])
        elif kind == b"IDAT":
            data += body
        position += 12 + length
    assert depth == 8
    rows = numpy.frombuffer(zlib.decompress(data), numpy.uint8).reshape(height, -1)
    assert not rows[:, 0].any()
    return rows[:, 1:].reshape(height, width, {0: 1, 2: 3, 6: 4}[colour])


@pytest.mark.parametrize("shape", [(5, 7), (5, 7, 1), (5, 7, 3), (5, 7, 4), (3, 5, 7)])
def test_arrays_become_png(shape):
    array = numpy.random.default_rng(1).integers(0, 256, shape, dtype=numpy.uint8)
    pixels = array[:, :, None] if array.ndim == 2 else array.transpose(1, 2, 0) if shape[0] == 3 else array
    for given in (array, array.astype("float64") / 255, array.astype("int64")):
        ending, content = take_picture(given)()
        assert ending == "png"
        numpy.testing.assert_array_equal(decode(content), pixels)


def test_the_picture_is_taken_at_once():
    array = numpy.zeros((2, 2), numpy.uint8)
    picture = take_picture(array)
    array[:] = 255
    assert not decode(picture()[1]).any()


def test_files_stay_as_they_are(tmp_path):
    content = b"\xff\xd8\xff\xe0 jpeg"
    (tmp_path / "a.jpg").write_bytes(content)
    assert take_picture(tmp_path / "a.jpg")() == take_picture(content)() == ("jpg", content)
    with pytest.raises(ValueError, match="no PNG"):
        take_picture(b"text")()


@pytest.mark.parametrize("image", [numpy.zeros(3), numpy.zeros((2, 2, 2)), numpy.zeros((0, 2, 3)), numpy.array([["a"]]), object()])
def test_what_is_no_picture_is_refused(image):
    with pytest.raises((TypeError, ValueError)):
        take_picture(image)
