"""Small real files of every kind a dossier may hold, and rows that keep them."""

from __future__ import annotations

import io
import math
import zipfile
from array import array
from pathlib import Path
from tempfile import TemporaryDirectory

import av
import pikepdf
from PIL import Image, ImageDraw

from contest import clock, storage
from contest.database import transaction

CONTENT_TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
RELATIONSHIPS = (
    '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" Target="word/document.xml" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"/></Relationships>'
)
DOCUMENT = (
    '<?xml version="1.0"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
    "<w:body>{}</w:body></w:document>"
)


def pdf_bytes(
    pages: int = 1, *, width: int = 595, height: int = 842, password: str = "", script: bool = False
) -> bytes:
    """A PDF of empty pages, behind a password or with JavaScript if wanted."""
    document = pikepdf.new()
    for _ in range(pages):
        document.add_blank_page(page_size=(width, height))
    if script:
        document.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert(1)"))
    written = io.BytesIO()
    document.save(written, encryption=pikepdf.Encryption(owner=password, user=password) if password else False)
    return written.getvalue()


def image_bytes(kind: str = "JPEG", size: tuple[int, int] = (640, 400), **metadata: bytes) -> bytes:
    """A picture of a given format and size."""
    picture = Image.new("RGB", size, "#f3efe5")
    ImageDraw.Draw(picture).rectangle((20, 20, size[0] - 20, size[1] - 20), outline="#a3161f", width=6)
    written = io.BytesIO()
    picture.save(written, kind, **metadata)
    return written.getvalue()


def mp3_bytes(seconds: int = 1, title: str = "") -> bytes:
    """A tone as an MP3 file."""
    return _recorded("mp3", "libmp3lame", seconds, title, with_pictures=False)


def mp4_bytes(seconds: int = 1, title: str = "") -> bytes:
    """A moving picture with a tone as an MP4 file."""
    return _recorded("mp4", "aac", seconds, title, with_pictures=True)


def docx_bytes(*paragraphs: str, extra: dict[str, bytes] | None = None) -> bytes:
    """A Word document of plain paragraphs, with further members if wanted."""
    body = "".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in paragraphs or ("Lời bình",))
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", CONTENT_TYPES)
        archive.writestr("_rels/.rels", RELATIONSHIPS)
        archive.writestr("word/document.xml", DOCUMENT.format(body))
        for name, content in (extra or {}).items():
            archive.writestr(name, content)
    return written.getvalue()


def make_blob(content: bytes, *, sniffed: bool = True) -> storage.Blob:
    """Keep bytes as an upload is kept, in a transaction of their own."""
    received = storage.receive(io.BytesIO(content), limit=100 * storage.MEGABYTE)
    found = storage.sniff(storage.path(received.sha256)) if sniffed else None
    with transaction():
        blob = storage.register(received, sniffed=found)
        storage.derive_later(blob, now=clock.now())
    return blob


def _recorded(container: str, codec: str, seconds: int, title: str, *, with_pictures: bool) -> bytes:
    rate = 44100
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"recording.{container}"
        with av.open(str(path), "w", format=container) as output:
            if title:
                output.metadata["title"] = title
            sight = output.add_stream("libx264", rate=10) if with_pictures else None
            if sight is not None:
                sight.width, sight.height, sight.pix_fmt = 160, 90, "yuv420p"
            sound = output.add_stream(codec, rate=rate, layout="mono")
            if sight is not None:
                for _ in range(seconds * 10):
                    frame = av.VideoFrame.from_image(Image.new("RGB", (160, 90), "#a3161f"))
                    output.mux(sight.encode(frame))
                output.mux(sight.encode(None))
            samples = array("h", (int(9000 * math.sin(n * 440 * 2 * math.pi / rate)) for n in range(rate * seconds)))
            tone = av.AudioFrame(format="s16", layout="mono", samples=len(samples))
            tone.planes[0].update(samples.tobytes())
            tone.sample_rate = rate
            output.mux(sound.encode(tone))
            output.mux(sound.encode(None))
        return path.read_bytes()
