"""The names people give their files, made safe to show and to offer for saving."""

import unicodedata

LONGEST_NAME = 120
NAMELESS = "tep"
RESERVED = {"con", "prn", "aux", "nul", *(f"com{n}" for n in range(1, 10)), *(f"lpt{n}" for n in range(1, 10))}

EXTENSIONS = {
    "application/pdf": (".pdf",),
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": (".docx",),
    "image/jpeg": (".jpg", ".jpeg"),
    "image/png": (".png",),
    "image/webp": (".webp",),
    "image/tiff": (".tif", ".tiff"),
    "audio/mpeg": (".mp3",),
    "audio/mp4": (".m4a", ".mp4"),
    "audio/ogg": (".ogg", ".oga", ".opus"),
    "audio/flac": (".flac",),
    "audio/wav": (".wav",),
    "audio/aac": (".aac",),
    "video/mp4": (".mp4", ".m4v"),
    "video/quicktime": (".mov", ".qt"),
    "video/webm": (".webm",),
    "video/x-matroska": (".mkv",),
    "video/x-msvideo": (".avi",),
    "video/mpeg": (".mpg", ".mpeg", ".vob"),
    "video/mp2t": (".ts", ".mts", ".m2ts"),
    "video/x-ms-asf": (".wmv", ".asf", ".wma"),
    "application/zip": (".zip",),
}


def clean_name(name: str | None) -> str:
    """The name of a file as it may be shown: NFC, one line, no folders, no tricks of direction, not too long.

    Characters that control (Cc), format (Cf: right-to-left overrides, zero widths) or belong to nobody are
    dropped, so what is read is what is stored.
    """
    name = unicodedata.normalize("NFC", name or "")
    name = name.replace("\\", "/").rsplit("/", 1)[-1]
    name = "".join(" " if c.isspace() else c for c in name if c.isspace() or unicodedata.category(c)[0] != "C")
    name = " ".join(name.split()).strip(". ")
    if not name:
        return NAMELESS

    stem, dot, extension = name.rpartition(".")
    if not dot or len(extension) > 8:
        stem, extension = name, ""
    if stem.lower() in RESERVED:
        stem = f"_{stem}"
    ending = f".{extension}" if extension else ""
    return stem[: LONGEST_NAME - len(ending)].rstrip(". ") + ending


def download_name(name: str, media_type: str) -> str:
    """The name a download is offered under; its extension says what the content is, whatever the sender claimed."""
    name = clean_name(name)
    extensions = EXTENSIONS.get(media_type)
    if extensions and not name.lower().endswith(extensions):
        name += extensions[0]
    return name
