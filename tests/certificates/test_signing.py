"""Signatures of drawn files: by a file, by a token, with the time of an outside server, and what they withstand."""

from __future__ import annotations

import stat
import subprocess
import threading
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from io import BytesIO
from multiprocessing import get_context
from pathlib import Path

import pikepdf
import pytest
from asn1crypto import keys, tsp
from asn1crypto import x509 as asn1
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    pkcs12,
)
from cryptography.x509.oid import ExtendedKeyUsageOID
from flask import Flask
from pydantic import SecretStr
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.timestamps.dummy_client import DummyTimeStamper
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from contest import config
from contest.certificates import documents, signing
from contest.certificates.codes import make
from contest.certificates.signing import timestamps
from contest.storage import tracing
from tests.makers.certificates import make_printed
from tests.makers.signing import NOW, authority, organization

WORDS = signing.Signature("Giấy chứng nhận 021/2025", "http://localhost/tra-cuu/7K4M", NOW)


@pytest.fixture
def drawing(app: Flask) -> bytes:
    """A drawn certificate without a signature."""
    (drawn,) = documents.draw([documents.sheet(make_printed(), make(7), "")])
    return drawn


@pytest.fixture
def own(tmp_path: Path) -> signing.Credentials:
    """A key that signs itself."""
    signing.make_self_signed(tmp_path, "Ban Tổ chức cuộc thi", NOW)
    found = signing.of_settings(config.Settings(instance=tmp_path))
    assert found is not None
    return found


def verified(document: bytes, root: x509.Certificate):
    """Ask the library's own verifier, with one root that is trusted."""
    (signature,) = PdfFileReader(BytesIO(document)).embedded_signatures
    trusted = asn1.Certificate.load(root.public_bytes(Encoding.DER))
    context = ValidationContext(trust_roots=[trusted], allow_fetching=False, moment=NOW)
    return validate_pdf_signature(signature, context, ts_validation_context=context)


def pdfsig(document: bytes, root: x509.Certificate, folder: Path) -> str:
    """Ask poppler, with one root that is trusted."""
    (folder / "root.pem").write_bytes(root.public_bytes(Encoding.PEM))
    (folder / "signed.pdf").write_bytes(document)
    nss = folder / "nss"
    nss.mkdir(exist_ok=True)
    subprocess.run(["certutil", "-N", "-d", f"sql:{nss}", "--empty-password"], check=True)
    trust = ["certutil", "-A", "-d", f"sql:{nss}", "-n", "root", "-t", "CT,C,C", "-i", folder / "root.pem"]
    subprocess.run(trust, check=True)
    asked = ["pdfsig", "-nssdir", f"sql:{nss}", folder / "signed.pdf"]
    return subprocess.run(asked, capture_output=True, text=True, check=False).stdout


@pytest.mark.parametrize("kind", ["ec", "rsa"])
def test_a_file_signed_by_the_organization_is_valid_for_pyhanko_and_for_poppler(drawing, tmp_path, kind):
    file, root = organization(tmp_path, kind, "bí mật")
    settings = config.Settings(instance=tmp_path, signature=str(file), signature_passphrase=SecretStr("bí mật"))
    credentials = signing.of_settings(settings)

    signed = signing.sign(drawing, credentials, WORDS)

    status = verified(signed, root)
    assert (status.bottom_line, status.trusted, str(status.coverage.name)) == (True, True, "ENTIRE_FILE")
    assert (credentials.name, credentials.is_self_signed) == ("Ban Tuyên giáo và Dân vận", False)
    told = pdfsig(signed, root, tmp_path)
    for line in ("Signature is Valid", "Certificate is Trusted", "Total document signed", "ETSI.CAdES.detached"):
        assert line in told


def test_the_signature_stands_behind_the_drawing_and_changes_nothing_of_it(drawing, own, tmp_path):
    signed = signing.sign(drawing, own, WORDS)

    assert signed.startswith(drawing)
    (tmp_path / "signed.pdf").write_bytes(signed)
    assert (
        subprocess.run(["qpdf", "--check", tmp_path / "signed.pdf"], capture_output=True, check=False).returncode == 0
    )
    assert documents.picture(signed) == documents.picture(drawing)


def test_the_signature_is_hidden_from_readers_and_the_tags_stay(drawing, own):
    signed = signing.sign(drawing, own, WORDS)

    with pikepdf.open(BytesIO(signed)) as document:
        (field,) = document.Root.AcroForm.Fields
        assert document.Root.MarkInfo.Marked
        assert document.Root.StructTreeRoot.K
        assert document.pages[0].Tabs == "/S"
        assert int(field.F) & 2  # hidden, so that PDF/UA-1 asks for no tag (7.18.1)
        assert str(field.TU) == "Chữ ký số của Ban Tổ chức"
        assert (str(field.V.Reason), str(field.V.ContactInfo)) == (WORDS.reason, WORDS.address)


def test_a_key_that_signs_itself_says_so_and_is_its_owners_alone(own, tmp_path):
    assert own.is_self_signed
    assert own.name == "Ban Tổ chức cuộc thi"
    assert stat.S_IMODE((tmp_path / signing.SELF_SIGNED_FILE).stat().st_mode) == 0o600
    assert not signing.make_self_signed(tmp_path, "Người khác", NOW)


def test_no_key_no_signature(tmp_path):
    assert signing.of_settings(config.Settings(instance=tmp_path)) is None


@pytest.mark.parametrize("passphrase", ["", "sai"])
def test_a_wrong_passphrase_is_said(tmp_path, passphrase):
    file, _ = organization(tmp_path, "ec", "đúng")
    settings = config.Settings(instance=tmp_path, signature=str(file), signature_passphrase=SecretStr(passphrase))

    with pytest.raises(signing.KeyUnusable):
        signing.of_settings(settings)


def test_the_passphrase_is_never_written_where_settings_are_shown(tmp_path):
    settings = config.Settings(instance=tmp_path, signature_passphrase=SecretStr("bí mật"))

    assert "bí mật" not in f"{settings!r} {settings.model_dump()}"


def test_the_passphrase_is_refused_in_the_file_of_settings(tmp_path):
    (tmp_path / "config.py").write_text('CONTEST_SIGNATURE_PASSPHRASE = "x"\n', encoding="utf-8")

    with pytest.raises(ValueError, match="environment"):
        config.load(instance=tmp_path)


def test_an_expired_certificate_signs_nothing(own):
    with pytest.raises(signing.KeyUnusable):
        own.check(own.valid_until + timedelta(seconds=1))


def test_one_flipped_byte_is_seen_by_the_verifiers_wherever_the_signature_covers_it(drawing, own):
    signed = signing.sign(drawing, own, WORDS)
    hole = signed.rindex(b"/Contents <")
    places = [
        place for place in range(17, len(signed), len(signed) // 40) if not hole < place < signed.index(b">", hole)
    ]

    for place in places:
        flipped = bytearray(signed)
        flipped[place] ^= 1
        found = tracing.signatures_of(bytes(flipped), [own.pem])
        assert not any(each["holds"] and each["whole"] for each in found), place


def test_what_is_written_behind_a_signature_is_told_from_what_was_signed(drawing, own):
    signed = signing.sign(drawing, own, WORDS)

    (found,) = tracing.signatures_of(signed + b"\n% more", [own.pem])

    assert (found["holds"], found["ours"], found["whole"]) == (True, True, False)
    assert found["sha256"] == tracing.sha256(signed).hexdigest()


def test_a_signature_by_somebody_else_is_not_ours(drawing, own, tmp_path):
    (tmp_path / "other").mkdir()
    signing.make_self_signed(tmp_path / "other", "Ban Tổ chức cuộc thi", NOW)
    other = signing.of_settings(config.Settings(instance=tmp_path / "other"))

    (found,) = tracing.signatures_of(signing.sign(drawing, other, WORDS), [own.pem])

    assert (found["holds"], found["ours"]) == (True, False)


@pytest.fixture
def timestamp_server() -> Iterator[tuple[str, x509.Certificate, list[str]]]:
    """A timestamp authority on this machine, its root, and what it was asked."""
    key = rsa.generate_private_key(65537, 2048)
    root_key = ec.generate_private_key(ec.SECP256R1())
    root = authority(root_key)
    purpose = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING])
    certificate = authority(key, purpose, name="Dịch vụ dấu thời gian", issuer=root, by=root_key)
    stamper = DummyTimeStamper(
        asn1.Certificate.load(certificate.public_bytes(Encoding.DER)),
        keys.PrivateKeyInfo.load(key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())),
        fixed_dt=NOW,
    )
    asked: list[str] = []

    class Answer(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked.append(self.path)
            if self.path == "/away":
                self.send_response(302)
                self.send_header("Location", "/tsa")
                self.end_headers()
                return
            body = self.rfile.read(int(self.headers["Content-Length"]))
            content = stamper.request_tsa_response(tsp.TimeStampReq.load(body)).dump()
            self.send_response(200)
            self.send_header("Content-Type", "application/timestamp-reply")
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *arguments: object) -> None:
            """Say nothing."""

    server = HTTPServer(("127.0.0.1", 0), Answer)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", root, asked
    server.shutdown()
    thread.join()
    server.server_close()


def with_server(folder: Path, url: str, *, private: bool) -> signing.Credentials:
    signing.make_self_signed(folder, "Ban Tổ chức", NOW)
    found = signing.of_settings(config.Settings(instance=folder, timestamp_url=url, timestamp_private=private))
    assert found is not None
    return found


def test_a_timestamp_server_vouches_for_the_moment(drawing, tmp_path, timestamp_server):
    url, root, _ = timestamp_server
    credentials = with_server(tmp_path, f"{url}/tsa", private=True)

    status = verified(signing.sign(drawing, credentials, WORDS), root)

    assert status.timestamp_validity.valid
    assert status.timestamp_validity.trusted
    assert status.timestamp_validity.timestamp == NOW


def test_a_private_network_is_not_asked_unless_it_is_allowed(drawing, tmp_path, timestamp_server):
    """A timestamp server inside the own network needs the word of whoever runs the machine. (E5)"""
    url, _, asked = timestamp_server

    with pytest.raises(timestamps.TimestampRefused):
        signing.sign(drawing, with_server(tmp_path, f"{url}/tsa", private=False), WORDS)

    assert asked == []


def test_a_timestamp_server_cannot_lead_elsewhere(drawing, tmp_path, timestamp_server):
    """A redirection is not followed. (E5)"""
    url, _, asked = timestamp_server

    with pytest.raises(timestamps.TimestampRefused):
        signing.sign(drawing, with_server(tmp_path, f"{url}/away", private=True), WORDS)

    assert asked == ["/away"]


LABEL = "giay chung nhan"
TOKEN_DRIVER = Path("/usr/lib/softhsm/libsofthsm2.so")


def test_a_key_on_a_token_signs_and_never_leaves_it(drawing, tmp_path, monkeypatch):
    (tmp_path / "tokens").mkdir()
    (tmp_path / "softhsm2.conf").write_text(f"directories.tokendir = {tmp_path / 'tokens'}\n", encoding="utf-8")
    monkeypatch.setenv("SOFTHSM2_CONF", str(tmp_path / "softhsm2.conf"))
    init = ["softhsm2-util", "--init-token", "--free", "--label", "btc", "--so-pin", "0000", "--pin", "1234"]
    subprocess.run(init, check=True, capture_output=True)
    root = put_on_token(tmp_path)

    settings = config.Settings(
        instance=tmp_path,
        signature=f"pkcs11:token=btc;object=giay%20chung%20nhan?module-path={TOKEN_DRIVER}",
        signature_passphrase=SecretStr("1234"),
    )
    credentials = signing.of_settings(settings)

    again = signing.of_settings(settings)
    for signed in (signing.sign(drawing, credentials, WORDS), in_a_fork(signing.sign, drawing, again, WORDS)):
        assert verified(signed, root).bottom_line
    assert credentials.name == "Ban Tuyên giáo và Dân vận"


def in_a_fork(work, *arguments: object) -> bytes:
    """Do something in a fork of this process, as the drawing of a batch does."""
    ours, theirs = get_context("fork").Pipe()
    process = get_context("fork").Process(target=lambda: theirs.send(work(*arguments)))
    process.start()
    answer = ours.recv() if ours.poll(20) else b""
    process.join(20)
    return answer


def put_on_token(folder: Path) -> x509.Certificate:
    """Put a key and its certificate on the token; give the root."""
    import pkcs11
    from pkcs11.util.x509 import decode_x509_certificate

    file, root = organization(folder, "ec", "x")
    opened = pkcs12.load_pkcs12(file.read_bytes(), b"x")
    private = folder / "key.pem"
    private.write_bytes(opened.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    named = ["--token", "btc", "--label", LABEL, "--id", "31", "--pin", "1234"]
    subprocess.run(["softhsm2-util", "--import", private, *named], check=True, capture_output=True)
    with pkcs11.lib(str(TOKEN_DRIVER)).get_token(token_label="btc").open(rw=True, user_pin="1234") as session:
        certificate = decode_x509_certificate(opened.cert.certificate.public_bytes(Encoding.DER))
        labelled = {pkcs11.Attribute.LABEL: LABEL, pkcs11.Attribute.ID: b"1", pkcs11.Attribute.TOKEN: True}
        session.create_object(certificate | labelled)
    return root
