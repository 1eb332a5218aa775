"""When two mentions are the same thing: addresses of articles, titles."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlencode, urlsplit

from contest.web.text import fold

TRACKING = ("utm_", "fbclid", "gclid", "zalo", "zarsrc", "source", "ref")
PREFIXES = ("www.", "m.", "amp.", "mobile.")


def same_address(url: str) -> str:
    """Bring the address of an article to the form in which two are compared.

    The scheme, ``www.`` and ``m.``, the fragment, marks of tracking and a slash at the end say nothing about which
    article it is; what else is in the query may.

    :return: ``baoquangngai.vn/tin/12.htm?p=2``, or nothing for what is no address
    """
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return ""
    if parts.scheme not in ("http", "https") or not parts.hostname:
        return ""
    host = parts.hostname
    for prefix in PREFIXES:
        host = host.removeprefix(prefix)
    asked = [(key, value) for key, value in parse_qsl(parts.query) if not key.lower().startswith(TRACKING)]
    query = f"?{urlencode(sorted(asked))}" if asked else ""
    return f"{host}{parts.path.rstrip('/')}{query}"


def same_title(title: str) -> str:
    """Bring a title to the form in which two are compared: folded, letters and digits alone."""
    return " ".join("".join(letter if letter.isalnum() else " " for letter in fold(title)).split())
