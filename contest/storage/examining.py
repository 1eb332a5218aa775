"""What a file is by its content, and whether it opens. Runs in the limited process only (see child.py)."""

import stat
import warnings
import zipfile
import zlib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import magic

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
IMAGES = {"image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WEBP", "image/tiff": "TIFF"}
MOST_PIXELS = 120_000_000  # a broadsheet page at 400 dpi has 65 million
MOST_PAGES = 2000
MOST_ANNOTATIONS = 2000  # of a page
MOST_ACTIONS = 20  # one after the other
ACTING = {"/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/Rendition", "/GoToR", "/GoToE", "/RichMediaExecute"}
MOST_MEMBERS = 3000
MOST_UNPACKED = 300 << 20
MOST_RATIO = 200
MOST_DOCUMENT = 30 << 20

EMBEDDED = ("word/embeddings/", "word/activeX/", "customUI/")  # files and controls inside a Word document
FETCHED = (b"/attachedTemplate", b"/oleObject", b"/frame", b"/subDocument")  # loaded when it is opened

CONTAINERS = {  # what FFmpeg calls a container: its media type with sound only, and with pictures
    "mp3": ("audio/mpeg", None),
    "wav": ("audio/wav", None),
    "flac": ("audio/flac", None),
    "aac": ("audio/aac", None),
    "ogg": ("audio/ogg", "video/ogg"),
    "mov,mp4,m4a,3gp,3g2,mj2": ("audio/mp4", "video/mp4"),
    "matroska,webm": ("audio/webm", "video/x-matroska"),
    "avi": (None, "video/x-msvideo"),
    "mpeg": ("audio/mpeg", "video/mpeg"),
    "mpegts": (None, "video/mp2t"),
    "asf": ("audio/x-ms-wma", "video/x-ms-asf"),
}
# Only these are tried: a playlist or a concat script would make FFmpeg open other files and addresses.
FORMATS = "mp3,wav,flac,aac,ogg,mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,avi,mpeg,mpegts,asf"


class Refusal(Exception):
    """The file is not taken in; the code names the sentence."""


def examine(path: str) -> dict[str, Any]:
    """Kind, media type and warnings of a file, or the code of a refusal under ``refused``."""
    warnings.simplefilter("error")
    try:
        if not stat.S_ISREG(Path(path).lstat().st_mode):
            raise Refusal("broken")
        return _examine(path, magic.from_file(path, mime=True))
    except Refusal as refusal:
        return {"refused": str(refusal)}


def _examine(path: str, media_type: str) -> dict[str, Any]:
    if media_type == "application/pdf":
        return pdf(path)
    if media_type in IMAGES:
        return image(path, media_type)
    if media_type == DOCX or media_type == "application/zip":
        return docx(path)
    if media_type.startswith(("audio/", "video/")) or media_type in ("application/octet-stream", "application/ogg"):
        return media(path, trusted=media_type.startswith(("audio/", "video/")), named=media_type)
    raise Refusal("unknown")


def pdf(path: str) -> dict[str, Any]:
    """A PDF that opens without a password and has pages; active content is reported, not refused."""
    import pikepdf

    try:
        with pikepdf.open(path) as document:
            if not 0 < len(document.pages) <= MOST_PAGES:
                raise Refusal("broken")
            active = _is_active(document)
    except pikepdf.PasswordError as error:
        raise Refusal("locked") from error
    except (pikepdf.PdfError, ValueError, RecursionError) as error:
        raise Refusal("broken") from error
    return {"kind": "pdf", "media_type": "application/pdf", "active": active}


def _is_active(document: Any) -> bool:
    """Whether a PDF carries files or forms of its own, or does something by itself: when it or a page is opened,
    closed or printed, or when something on a page is pressed."""
    root = document.Root
    names, form = root.get("/Names", {}), root.get("/AcroForm", {})
    if "/JavaScript" in names or "/EmbeddedFiles" in names or "/XFA" in form:
        return True
    return _acts(root, "/OpenAction") or any(_page_acts(page.obj) for page in document.pages)


def _page_acts(page: Any) -> bool:
    pressed = list(page.get("/Annots", []))[:MOST_ANNOTATIONS]
    return _acts(page) or any("/FS" in each or _acts(each, "/A") for each in pressed if hasattr(each, "get"))


def _acts(place: Any, key: str = "/OpenAction") -> bool:
    """Whether one of the actions of a place is more than going to a page or an address."""
    import pikepdf

    if "/AA" in place:
        return True
    action = place.get(key)
    for _ in range(MOST_ACTIONS):
        if not isinstance(action, pikepdf.Dictionary):
            return False
        if str(action.get("/S", "")) in ACTING:
            return True
        action = action.get("/Next")
    return action is not None


def image(path: str, media_type: str) -> dict[str, Any]:
    """An image of a known format, bounded before it is unpacked, that decodes to its end."""
    from PIL import Image, UnidentifiedImageError

    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    try:
        with Image.open(path, formats=[IMAGES[media_type]]) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise Refusal("pixels")
            picture.load()
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise Refusal("pixels") from error
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Warning) as error:
        raise Refusal("broken") from error
    return {"kind": "image", "media_type": media_type, "active": False}


def docx(path: str) -> dict[str, Any]:
    """A Word document: a bounded archive with a document inside and without macros."""
    try:
        with zipfile.ZipFile(path) as archive:
            check_members(archive.infolist())
            names = {member.filename for member in archive.infolist()}
            if "word/document.xml" not in names or "[Content_Types].xml" not in names:
                raise Refusal("unknown")
            types = archive.read("[Content_Types].xml")
            if any(name.lower().endswith("vbaproject.bin") for name in names) or b"macroEnabled" in types:
                raise Refusal("macros")
            active = any(name.startswith(EMBEDDED) for name in names) or _declares(archive, names)
            if archive.testzip() is not None:
                raise Refusal("broken")
    except (zipfile.BadZipFile, zlib.error, OSError, NotImplementedError, EOFError) as error:
        raise Refusal("broken") from error
    except RuntimeError as error:  # an encrypted member
        raise Refusal("locked") from error
    return {"kind": "docx", "media_type": DOCX, "active": active}


def _declares(archive: zipfile.ZipFile, names: Iterable[str]) -> bool:
    """Whether a document fetches something from elsewhere by itself; one that declares entities is not taken at all."""
    fetches = False
    for name in names:
        if name.endswith((".xml", ".rels")):
            content = archive.read(name)
            plain = content.replace(b"\0", b"")  # in UTF-16 as well
            if b"<!DOCTYPE" in plain or b"<!ENTITY" in plain:
                raise Refusal("complicated")
            fetches = fetches or (b'"External"' in content and any(kind in content for kind in FETCHED))
    return fetches


def check_members(members: Iterable[zipfile.ZipInfo]) -> None:
    """Refuse an archive by what its directory promises, before anything is unpacked."""
    members = list(members)
    unpacked = sum(member.file_size for member in members)
    packed = max(1, sum(member.compress_size for member in members))
    document = max((m.file_size for m in members if m.filename.endswith((".xml", ".rels"))), default=0)
    if any(_leads_out(member) for member in members):
        raise Refusal("broken")
    if len(members) > MOST_MEMBERS or unpacked > MOST_UNPACKED or document > MOST_DOCUMENT:
        raise Refusal("complicated")
    if unpacked > 10 << 20 and unpacked / packed > MOST_RATIO:
        raise Refusal("complicated")


def _leads_out(member: zipfile.ZipInfo) -> bool:
    """Whether a member wants to lie outside its folder, or is a link to something else."""
    parts = member.filename.replace("\\", "/").split("/")
    return ".." in parts or parts[0] == "" or ":" in parts[0] or stat.S_ISLNK(member.external_attr >> 16)


def media(path: str, *, trusted: bool, named: str) -> dict[str, Any]:
    """Sound or moving pictures in a known container, of which a first frame can be decoded."""
    import av

    options = {"protocol_whitelist": "file", "format_whitelist": FORMATS}
    try:
        with av.open(path, options=options) as container:
            sounds, pictures = container.streams.audio, _pictures(container)
            types = CONTAINERS.get(container.format.name)
            media_type = types[bool(pictures)] if types else None
            if media_type is None or not (sounds or pictures):
                raise Refusal("unknown")
            if next(container.decode((pictures or list(sounds))[0]), None) is None:
                raise Refusal("broken")
    except (av.FFmpegError, ValueError) as error:
        raise Refusal("broken" if trusted else "unknown") from error
    if named == "video/quicktime":
        media_type = named
    return {"kind": "video" if pictures else "audio", "media_type": media_type, "active": False}


def _pictures(container: Any) -> list[Any]:
    """Video streams that move; the cover of an MP3 is one that does not."""
    import av

    return [s for s in container.streams.video if not s.disposition & av.stream.Disposition.attached_pic]
