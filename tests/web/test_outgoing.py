"""What the server asks of other machines: only those whose address stands in the settings."""

from __future__ import annotations

import re
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from contest.database import db
from contest.operations.work import work
from contest.printing import draw
from contest.printing.drawing import PrintingFailed
from contest.storage.examining import examine
from contest.web.outgoing import is_public
from tests.makers import entries as make
from tests.makers.accounts import make_user
from tests.makers.regulations import make_contest
from tests.makers.storage import docx_bytes, make_blob

CONTEST = Path(__file__).parents[2] / "contest"
OPENING = {
    "socket",
    "http",
    "urllib.request",
    "smtplib",
    "ftplib",
    "requests",
    "urllib3",
    "httpx",
    "aiohttp",
    "obstore",
}
OPENING |= {"redis", "asyncio", "ssl", "authlib", "telnetlib", "imaplib", "poplib", "xmlrpc"}
OPENING |= {"contest.web.outgoing", "contest.web import outgoing"}

ASKING = {
    "accounts/openid.py": "opens nothing: what is asked of a provider, and what of its answers is believed",
    "accounts/provider.py": "CONTEST_OIDC_ISSUER, and what lies at a public address or at that of the issuer",
    "certificates/signing/timestamps.py": "CONTEST_TIMESTAMP_URL, public unless CONTEST_TIMESTAMP_PRIVATE",
    "jobs/waking.py": "CONTEST_QUEUE_URL",
    "mail/delivery.py": "CONTEST_SMTP_URL",
    "mail/services.py": "names a failure of the mail server",
    "operations/safety.py": "a port of this machine, to see whether it is free",
    "storage/bucket.py": "CONTEST_STORAGE_URL",
    "storage/scanning.py": "CONTEST_CLAMAV_URL",
    "upkeep/background.py": "asks the name of this machine",
    "web/outgoing.py": "asks for the modules above, which it cannot be used without standing here",
}
"""Every module that may open a connection, and where its address comes from: never from what somebody typed."""


IMPORT = re.compile(
    rf"^\s*(?:import|from)\s+(?:{'|'.join(map(re.escape, sorted(OPENING)))})(?:\.|\s|,|$)", re.MULTILINE
)


def test_only_modules_that_ask_an_address_of_the_settings_open_connections():
    """There is no code that could fetch what a user named. (E5)"""
    asking = {
        str(path.relative_to(CONTEST)) for path in CONTEST.rglob("*.py") if IMPORT.search(path.read_text("utf-8"))
    }

    assert asking - set(ASKING) == set()


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("8.8.8.8", True),
        ("2606:4700::1111", True),
        ("127.0.0.1", False),
        ("10.1.2.3", False),
        ("172.16.0.1", False),
        ("192.168.1.1", False),
        ("100.64.0.1", False),
        ("169.254.169.254", False),
        ("0.0.0.0", False),  # noqa: S104 - an address, nothing is bound
        ("224.0.0.1", False),
        ("255.255.255.255", False),
        ("::1", False),
        ("::", False),
        ("fe80::1%eth0", False),
        ("fd00::1", False),
        ("::ffff:127.0.0.1", False),
        ("64:ff9b::7f00:1", False),
        ("64:ff9b::808:808", True),
        ("2002:7f00:1::1", False),
        ("2002:808:808::1", True),
        ("::7f00:1", False),
        ("::ffff:0:7f00:1", False),
        ("64:ff9b:1::7f00:1", False),
        ("5f00::1", False),
        ("fec0::1", False),
    ],
)
def test_an_address_is_public_or_it_is_not_however_it_is_written(address, public):
    """Mapped, translated and tunnelled addresses are what they lead to. (E5)"""
    assert is_public(address) == public


@pytest.fixture
def listener():
    """A server of the private network, and what it was asked."""
    asked = []

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            self.send_response(404)
            self.end_headers()

        do_HEAD = do_POST = do_OPTIONS = do_GET

        def log_message(self, *words):
            """Say nothing."""

    server = HTTPServer(("127.0.0.1", 0), Answer)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", asked
    server.shutdown()
    thread.join()
    server.server_close()


def outside(address: str) -> bytes:
    """A Word document whose picture and template lie at an address."""
    relation = '<Relationship Id="rId{}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{}" '
    relation += 'TargetMode="External" Target="{}/{}"/>'
    linked = "".join(
        relation.format(number, kind, address, kind) for number, kind in enumerate(("image", "attachedTemplate"), 7)
    )
    picture = '</w:t></w:r></w:p><w:p><w:r><w:drawing><a:blip xmlns:a="a" xmlns:r="r" r:link="rId7"/></w:drawing><w:t>'
    relations = f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{linked}'
    return docx_bytes(picture, extra={"word/_rels/document.xml.rels": f"{relations}</Relationships>".encode()})


def test_nothing_that_somebody_sends_or_names_makes_the_server_ask(app, listener, tmp_path):
    """The address of an article, pictures of documents, playlists, stylesheets of what is printed: no request. (E5)"""
    url, asked = listener
    contest = make_contest()
    make.at_receipt(contest)
    entry = make.make_entry(contest, make_user(), "received")
    entry.revision.instalments[0].url = f"{url}/bai-bao"
    make_blob(outside(url))
    playlist = tmp_path / "phim.mp4"
    for content in (f"#EXTM3U\n#EXTINF:1\n{url}/1.ts\n", f"ffconcat version 1.0\nfile {url}/2.mp4\n"):
        playlist.write_text(content)
        assert "refused" in examine(str(playlist))
    page = f'<link rel=stylesheet href="{url}/a.css"><img src="{url}/b.png"><p style="background:url({url}/c.png)">'
    with pytest.raises(PrintingFailed):
        draw(f"<!doctype html>{page}")
    db.session.rollback()
    work(app, once=True)

    assert asked == []
