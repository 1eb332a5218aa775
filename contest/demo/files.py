"""Small real files for dossiers: printed pages, photographs, radio and television pieces, drawn by the program.

PyAV is read where something is recorded: it takes 16 MB, and only who makes a demo records.
"""

from __future__ import annotations

import io
import math
from array import array
from collections.abc import Sequence
from fractions import Fraction
from random import Random
from typing import Any

from PIL import Image, ImageDraw, ImageFilter

from contest import printing

RATE = 22_050  # samples a second
NOTE = 0.4  # seconds
FRAMES = 12  # pictures a second
SIZE = (320, 180)


def printed_page(*, masthead: str, kicker: str, title: str, paragraphs: Sequence[str]) -> bytes:
    """Draw a work as the outlet would have printed it: a PDF of one or two pages."""
    return printing.pdf(
        "documents/demo_page.html",
        css=("demo_page.css",),
        title=title,
        masthead=masthead,
        kicker=kicker,
        paragraphs=paragraphs,
    )


def photograph(random: Random) -> bytes:
    """Paint a landscape of hills, a road and a sun: a JPEG of about 60 kB."""
    width, height = 1200, 800
    picture = Image.new("RGB", (width, height))
    draw = ImageDraw.Draw(picture)
    dawn = random.choice([(250, 214, 165), (190, 215, 235), (240, 190, 170)])
    for y in range(height):
        share = y / height
        draw.line([(0, y), (width, y)], fill=tuple(int(part * (1 - share * 0.35)) for part in dawn))
    x, y = random.randint(200, 1000), random.randint(120, 260)
    draw.ellipse([x - 60, y - 60, x + 60, y + 60], fill=(255, 240, 200))
    for layer in range(4):
        base, phase = 330 + layer * 110, random.random() * 6
        hill: list[tuple[float, float]] = [(0, height)]
        hill += [(at, base + 50 * math.sin(at / (170 - layer * 20) + phase)) for at in range(0, width + 1, 8)]
        hill += [(width, height)]
        draw.polygon(hill, fill=(60 - layer * 8, 105 - layer * 14, 75 - layer * 10))
    middle = random.randint(400, 800)
    draw.polygon(
        [(middle - 20, 560), (middle + 20, 560), (middle + 170, height), (middle - 170, height)], fill=(196, 178, 150)
    )
    out = io.BytesIO()
    picture.filter(ImageFilter.GaussianBlur(1.1)).save(out, "JPEG", quality=82)
    return out.getvalue()


def _melody(random: Random, seconds: float) -> array[float]:
    """A pentatonic tune, as samples between -1 and 1."""
    length = int(RATE * NOTE)
    tones = {}
    for step in (0, 2, 5, 7, 9, 12):
        turn = 2 * math.pi * 220 * 2 ** (step / 12) / RATE
        fades = (min(1.0, at / RATE * 20, (length - at) / RATE * 8) for at in range(length))
        tones[step] = array("f", (0.4 * fade * math.sin(turn * at) for at, fade in enumerate(fades)))
    samples = array("f")
    for _ in range(math.ceil(seconds / NOTE)):
        samples.extend(tones[random.choice(tuple(tones))])
    return samples


def _encode_sound(container: Any, stream: Any, samples: array[float]) -> None:
    import av

    resampler = av.AudioResampler(format=stream.codec_context.format, layout="mono", rate=RATE)
    size = stream.codec_context.frame_size or 1152
    for start in range(0, len(samples) - size, size):
        frame = av.AudioFrame(format="flt", layout="mono", samples=size)
        frame.planes[0].update(samples[start : start + size].tobytes())
        frame.sample_rate, frame.pts, frame.time_base = RATE, start, Fraction(1, RATE)
        for converted in resampler.resample(frame):
            container.mux(stream.encode(converted))
    container.mux(stream.encode(None))


def radio_piece(random: Random, seconds: float = 12) -> bytes:
    """Play a tune: an MP3 of about 50 kB."""
    import av

    out = io.BytesIO()
    with av.open(out, "w", format="mp3") as container:
        stream = container.add_stream("libmp3lame", rate=RATE, layout="mono")
        stream.bit_rate = 32_000
        _encode_sound(container, stream, _melody(random, seconds))
    return out.getvalue()


def television_piece(random: Random, seconds: float = 6) -> bytes:
    """Film a boat crossing the sea: an MP4 of about 60 kB."""
    import av

    out = io.BytesIO()
    with av.open(out, "w", format="mp4") as container:
        stream = container.add_stream("libx264", rate=FRAMES)
        stream.width, stream.height = SIZE
        stream.pix_fmt = "yuv420p"
        stream.options = {"preset": "veryfast", "crf": "30", "threads": "1"}
        sky = random.choice([(200, 224, 240), (250, 222, 180)])
        for number in range(int(seconds * FRAMES)):
            picture = Image.new("RGB", SIZE, sky)
            draw = ImageDraw.Draw(picture)
            draw.rectangle([0, 110, *SIZE], fill=(40, 100, 130))
            for x in range(-20, SIZE[0], 24):
                rise = 4 * math.sin(number / 4 + x / 30)
                draw.arc([x, 112 + rise, x + 24, 124 + rise], 200, 340, fill=(150, 190, 205), width=2)
            x = 20 + number * 3
            draw.polygon([(x, 112), (x + 46, 112), (x + 36, 124), (x + 10, 124)], fill=(120, 40, 30))
            draw.polygon([(x + 20, 110), (x + 20, 74), (x + 44, 106)], fill=(160, 30, 35))
            container.mux(stream.encode(av.VideoFrame.from_image(picture)))
        container.mux(stream.encode(None))
    return out.getvalue()
