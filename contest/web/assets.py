"""The look on the wire: style sheets, fonts, icons and scripts, each under an address that carries its hash.

Bootstrap and the fonts are read from their installed packages and never copied into the repository. An address
changes with its content, so what it answers may be kept for a year; an address of an older release leads to the
present one, because a page opened before an update still asks for it.
"""

from __future__ import annotations

import gzip
import hashlib
import importlib.util
import re
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from mimetypes import guess_type
from pathlib import Path

from flask import Blueprint, Flask, Response, abort, current_app, make_response, redirect, request, send_file, url_for
from fontTools.ttLib import TTFont
from werkzeug.wrappers import Response as AnyResponse

ONE_YEAR = 365 * 24 * 60 * 60
COMPRESSIBLE = ("text/", "image/svg+xml", "application/javascript")

# What the templates draw; a test finds any other name that a template asks for.
ICONS = (
    "arrow-left",
    "arrow-right",
    "box-arrow-up-right",
    "calendar-event",
    "check-lg",
    "chevron-down",
    "clock",
    "download",
    "envelope",
    "eye",
    "file-earmark",
    "file-earmark-excel",
    "file-earmark-image",
    "file-earmark-music",
    "file-earmark-pdf",
    "file-earmark-play",
    "file-earmark-text",
    "file-earmark-word",
    "file-earmark-zip",
    "funnel",
    "info-circle",
    "link-45deg",
    "list",
    "lock",
    "paperclip",
    "pause-fill",
    "pencil",
    "person",
    "play-fill",
    "plus-lg",
    "printer",
    "qr-code",
    "rss",
    "search",
    "trash",
    "upload",
    "x-lg",
)

bp = Blueprint("assets", __name__, url_prefix="/assets")


@dataclass(frozen=True)
class Face:
    """One font file of a package, and how the style sheet calls it."""

    family: str
    weight: str
    style: str
    package: str
    file: str
    extra: str = ""

    @property
    def source(self) -> Path:
        """The whole TrueType file, as its package installed it."""
        return package_folder(self.package) / "files" / self.file

    @property
    def name(self) -> str:
        """The last part of the address: letters, digits and hyphens only."""
        return re.sub(r"[^A-Za-z0-9-]+", "-", self.source.stem).strip("-") + ".woff2"


SANS, SERIF = "fontpkg_be_vietnam_pro", "fontpkg_newsreader"
# Be Vietnam Pro has no tabular figures: digits that are compared come from the serif, enlarged to match.
FIGURES = "size-adjust: 109%; unicode-range: U+20, U+25, U+2B-2F, U+30-39, U+3A, U+D7, U+2013, U+2212, U+20AB;"
FACES = (
    Face("Be Vietnam Pro", "400", "normal", SANS, "BeVietnamPro-Regular.ttf"),
    Face("Be Vietnam Pro", "400", "italic", SANS, "BeVietnamPro-Italic.ttf"),
    Face("Be Vietnam Pro", "600", "normal", SANS, "BeVietnamPro-SemiBold.ttf"),
    Face("Newsreader", "200 800", "normal", SERIF, "Newsreader[opsz,wght].ttf"),
    Face("Newsreader", "200 800", "italic", SERIF, "Newsreader-Italic[opsz,wght].ttf"),
    Face("Figures", "200 800", "normal", SERIF, "Newsreader[opsz,wght].ttf", FIGURES),
)


@dataclass(frozen=True)
class Sheet:
    """Something small enough to be held in memory and answered from there."""

    media_type: str
    content: bytes

    @cached_property
    def digest(self) -> str:
        """The part of the address that changes with the content."""
        return digest_of(self.content)


def digest_of(content: bytes) -> str:
    """Sixteen characters that name a content; enough to tell releases apart, and nothing is trusted by it."""
    return hashlib.sha256(content).hexdigest()[:16]


def package_folder(package: str) -> Path:
    """Find the folder of an installed package without running it."""
    spec = importlib.util.find_spec(package)
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError(f"The package {package} is not installed; it carries a part of the look.")
    return Path(spec.origin).parent


@cache
def font_digests() -> dict[str, str]:
    """The hash of every font file by the name it is served under."""
    return {face.name: digest_of(face.source.read_bytes()) for face in FACES}


@cache
def bootstrap() -> Sheet:
    """Bootstrap's style sheet, whole."""
    path = package_folder("flask_bootstrap") / "static" / "bootstrap5" / "css" / "bootstrap.min.css"
    return Sheet("text/css", path.read_bytes())


@cache
def icons() -> Sheet:
    """A sprite of the few icons in use, cut from Bootstrap's of more than a megabyte."""
    path = package_folder("flask_bootstrap") / "static" / "bootstrap5" / "icons" / "bootstrap-icons.svg"
    drawn = dict(re.findall(r'(?s)(?=<symbol [^>]*?id="([^"]+)")(<symbol .*?</symbol>)', path.read_text("utf-8")))
    symbols = "".join(drawn[name] for name in ICONS)
    return Sheet("image/svg+xml", f'<svg xmlns="http://www.w3.org/2000/svg">{symbols}</svg>'.encode())


@cache
def house(static: Path) -> Sheet:
    """Our own style sheet: the fonts, then every file of ``static/css`` in the order of its number."""
    parts = [*font_faces(), *(path.read_text("utf-8") for path in sorted((static / "css").glob("*.css")))]
    return Sheet("text/css", "\n".join(parts).encode())


def font_faces() -> Iterator[str]:
    """Write the ``@font-face`` rules; addresses are relative to the style sheet, so they hold under any prefix."""
    for face in FACES:
        yield (
            f'@font-face {{ font-family: "{face.family}"; font-weight: {face.weight}; font-style: {face.style}; '
            f'font-display: swap; src: url("../{font_digests()[face.name]}/{face.name}") format("woff2"); '
            f"{face.extra} }}"
        )


@cache
def tree_digest(static: Path) -> str:
    """One hash for all scripts and pictures, so that modules may import each other by relative addresses."""
    paths = sorted(path for folder in ("js", "img") for path in (static / folder).rglob("*") if path.is_file())
    return digest_of(b"\0".join(path.name.encode() + b"\0" + path.read_bytes() for path in paths))


@cache
def compressed(sheet: Sheet) -> bytes:
    """The same content as gzip, made once in the life of a process."""
    return gzip.compress(sheet.content, mtime=0)


def woff2(face: Face, folder: Path) -> Path:
    """The font compressed for the web: made at first use, then kept in the instance.

    Two processes may do it at once; each writes beside and renames, so that neither serves half a file.
    """
    path = folder / f"{font_digests()[face.name]}.woff2"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=folder, delete=False) as draft:
            font = TTFont(face.source, recalcTimestamp=False)
            font.flavor = "woff2"
            font.save(draft)
        Path(draft.name).replace(path)
    return path


def static_folder() -> Path:
    """Where the application keeps its own style sheets, scripts and pictures."""
    return Path(current_app.static_folder or "")


def sheets() -> dict[str, Sheet]:
    """Everything that is answered from memory, by name."""
    return {"bootstrap.css": bootstrap(), "house.css": house(static_folder()), "icons.svg": icons()}


def asset(name: str) -> str:
    """The address of a style sheet, a font, the icons, or a file of ``static/js`` and ``static/img``."""
    return url_for("assets.serve", digest=current_digest(name), name=name)


def current_digest(name: str) -> str:
    """The hash that belongs into the address of ``name`` at present."""
    held = sheets().get(name)
    if held is not None:
        return held.digest
    return font_digests().get(name) or tree_digest(static_folder())


@bp.get("/<digest>/<path:name>")
def serve(digest: str, name: str) -> AnyResponse:
    """Answer with the content, to be kept for a year."""
    if digest != current_digest(name):
        onward = redirect(asset(name))
        onward.cache_control.no_cache = True
        return onward
    response = content(name)
    response.cache_control.public = True
    response.cache_control.max_age = ONE_YEAR
    response.cache_control.immutable = True
    return response


def content(name: str) -> Response:
    """Find the content by its name: in memory, among the fonts, or in the static folder."""
    held = sheets().get(name)
    if held is not None:
        return compressible(held)
    for face in FACES:
        if face.name == name:
            fonts = Path(current_app.instance_path) / "cache" / "fonts"
            return send_file(woff2(face, fonts), mimetype="font/woff2", max_age=ONE_YEAR)
    path = (static_folder() / name).resolve()
    if not path.is_file() or not any(path.is_relative_to(static_folder().resolve() / part) for part in ("js", "img")):
        abort(404)
    media_type = guess_type(name)[0] or "application/octet-stream"
    if name.endswith(".js"):
        media_type = "text/javascript"
    return compressible(Sheet(media_type, path.read_bytes()))


def compressible(sheet: Sheet) -> Response:
    """Answer with gzip to whoever reads it."""
    if not sheet.media_type.startswith(COMPRESSIBLE):
        return make_response(sheet.content, {"Content-Type": sheet.media_type})
    small = request.accept_encodings["gzip"] > 0
    response = make_response(compressed(sheet) if small else sheet.content)
    response.content_type = f"{sheet.media_type}; charset=utf-8"
    response.vary.add("Accept-Encoding")
    if small:
        response.content_encoding = "gzip"
    return response


def init_app(app: Flask) -> None:
    """Serve the assets and let templates write their addresses."""
    app.register_blueprint(bp)
    app.jinja_env.globals["asset"] = asset
