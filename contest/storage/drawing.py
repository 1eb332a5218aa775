"""What people look at in pages, made from an original. Runs in the limited process only (see child.py).

Every function writes into a folder and says what it wrote, or gives the code of a reason why not under ``failed``.
"""

from pathlib import Path
from typing import Any

DOTS_PER_INCH = 145  # an A4 page becomes 1,200 pixels wide
NARROWEST, WIDEST = 1000, 2400
TALLEST = 16000  # WebP ends at 16,383
PAGES_AT_ONCE = 60  # what one limited process has time for, whatever the pages are
IMAGE_WIDTHS = (1200, 2800)
QUALITY = 82
COVER_WIDTH = 3508  # 300 dots an inch of A4 lying
COVER_QUALITY = 88
OTHER_SHAPE = 0.15  # by how much an image may be wider or narrower than what it covers

# A container a browser plays, for the codecs it may hold.
PLAYABLE = {
    "video": {
        ("mp4", "video/mp4"): {"h264", "hevc", "av1", "aac", "mp3"},
        ("webm", "video/webm"): {"vp8", "vp9", "av1", "opus", "vorbis"},
    },
    "audio": {
        ("mp3", "audio/mpeg"): {"mp3"},
        ("mp4", "audio/mp4"): {"aac"},
        ("webm", "audio/webm"): {"opus", "vorbis"},
        ("flac", "audio/flac"): {"flac"},
        ("wav", "audio/wav"): {"pcm_s16le", "pcm_s24le", "pcm_u8"},
    },
}


def pages(path: str, folder: str, first: int = 1) -> dict[str, Any]:
    """Draw some pages of a PDF as images, from the first named on; scripts, forms, links and metadata stay behind.

    :return: ``made``, and under ``pages`` how many the document has in all
    """
    import pypdfium2

    made = []
    document = pypdfium2.PdfDocument(path)
    for position in range(first, min(first + PAGES_AT_ONCE, len(document) + 1)):
        page = document[position - 1]
        points = page.get_width()
        wanted = min(WIDEST, max(NARROWEST, round(points / 72 * DOTS_PER_INCH)))
        scale = min(wanted / points, TALLEST / page.get_height())
        picture = page.render(scale=scale, may_draw_forms=False).to_pil().convert("RGB")
        made.append(_webp(picture, Path(folder), "page", position))
        page.close()
    return {"made": made, "pages": len(document)}


def images(path: str, folder: str) -> dict[str, Any]:
    """Encode an image anew, upright and without metadata: one to read, one to look closely at."""
    from PIL import Image, ImageOps

    Image.MAX_IMAGE_PIXELS = 120_000_000
    with Image.open(path, formats=["JPEG", "PNG", "WEBP", "TIFF"]) as original:
        original.draft("RGB", (IMAGE_WIDTHS[-1], IMAGE_WIDTHS[-1]))
        picture = ImageOps.exif_transpose(original)
        picture = _on_white(picture)
    made = []
    for position, width in reversed(list(enumerate(IMAGE_WIDTHS, start=1))):
        picture.thumbnail((width, TALLEST))
        made.append(_webp(picture, Path(folder), "image", position))
    return {"made": made}


def cover(path: str, folder: str, page: int, shape: tuple[float, float], least: int) -> dict[str, Any]:
    """Encode an image or a page of a PDF anew, cut evenly to the shape of a sheet that it will cover.

    :param page: of a PDF, counted from 1
    :param shape: width and height of the sheet; an image of quite another shape is refused
    :param least: dots across; an image with fewer is refused
    """
    import pypdfium2
    from PIL import Image, ImageOps

    Image.MAX_IMAGE_PIXELS = 120_000_000
    with Path(path).open("rb") as file:
        is_document = file.read(4) == b"%PDF"
    if is_document:
        document = pypdfium2.PdfDocument(path)
        if not 1 <= page <= len(document):
            return {"failed": "page"}
        drawn = document[page - 1]
        scale = COVER_WIDTH / max(drawn.get_width(), drawn.get_height())
        picture = drawn.render(scale=scale, may_draw_forms=False).to_pil().convert("RGB")
    else:
        with Image.open(path, formats=["JPEG", "PNG"]) as original:
            original.draft("RGB", (COVER_WIDTH, COVER_WIDTH))
            picture = _on_white(ImageOps.exif_transpose(original))
    wanted, given = shape[0] / shape[1], picture.width / picture.height
    if not wanted * (1 - OTHER_SHAPE) <= given <= wanted * (1 + OTHER_SHAPE):
        return {"failed": "shape"}
    size = (min(picture.width, round(picture.height * wanted)), min(picture.height, round(picture.width / wanted)))
    if size[0] < least:
        return {"failed": "coarse"}
    picture = ImageOps.fit(picture, (min(size[0], COVER_WIDTH), min(size[1], round(COVER_WIDTH / wanted))))
    target = Path(folder) / "cover.jpg"
    picture.save(target, "JPEG", quality=COVER_QUALITY, exif=b"")
    return {"file": str(target)}


def media(path: str, folder: str, kind: str) -> dict[str, Any]:
    """Copy sound and pictures, untouched, into a container a browser plays, leaving every tag behind."""
    import av

    with av.open(path, options={"protocol_whitelist": "file"}) as source:
        streams = [s for s in (*source.streams.video, *source.streams.audio) if _is_played(s, kind)]
        codecs = {stream.codec_context.codec.canonical_name for stream in streams}
        fits = next((target for target, known in PLAYABLE[kind].items() if codecs and codecs <= known), None)
        if fits is None:
            return {"failed": "codec"}
        target = Path(folder) / f"media.{fits[0]}"
        options = {"movflags": "faststart"} if fits[0] == "mp4" else {}
        with av.open(str(target), "w", format=fits[0], options=options) as output:
            copies = {stream.index: output.add_stream_from_template(stream) for stream in streams}
            for copy in copies.values():
                copy.metadata.clear()
            for packet in source.demux(streams):
                if packet.dts is not None:
                    packet.stream = copies[packet.stream_index]
                    output.mux(packet)
        seconds = round(source.duration / av.time_base) if source.duration else None
        sight = next(iter(source.streams.video), None) if kind == "video" else None
        shape = {"width": sight.width, "height": sight.height} if sight else {}
    recording = {"file": str(target), "part": "media", "position": 1, "type": fits[1], "seconds": seconds}
    return {"made": [recording | shape]}


def _on_white(picture: Any) -> Any:
    from PIL import Image

    if picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info:
        picture = picture.convert("RGBA")
        ground = Image.new("RGB", picture.size, "white")
        ground.paste(picture, mask=picture.getchannel("A"))
        return ground
    return picture.convert("RGB")


def _webp(picture: Any, folder: Path, part: str, position: int) -> dict[str, Any]:
    target = folder / f"{part}-{position}.webp"
    picture.save(target, "WEBP", quality=QUALITY, method=2, exif=b"", xmp=b"")
    return {
        "file": str(target),
        "part": part,
        "position": position,
        "type": "image/webp",
        "width": picture.width,
        "height": picture.height,
    }


def _is_played(stream: Any, kind: str) -> bool:
    import av

    if stream.type == "audio":
        return True
    return kind == "video" and not stream.disposition & av.stream.Disposition.attached_pic
