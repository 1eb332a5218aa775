"""What is published for everybody's programs: the keys, the page without a server, what is no longer in force."""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode
from datetime import date

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from contest.certificates import seal
from contest.certificates.models import CertificateState
from contest.database import db
from tests.makers.certificates import make_drawn_certificates, make_public_certificates, make_signing_key


def unpadded(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


def end(certificate, state=CertificateState.REVOKED):
    certificate.state, certificate.ended_on, certificate.ended_by = state, date(2025, 11, 12), "19-QĐ/BTC"
    certificate.ended_why = "Tác phẩm của ông Nguyễn Văn A đã đạt giải trước đó"
    db.session.commit()


def test_the_published_key_verifies_every_square_code(app, browser):
    _, _, certificates = make_public_certificates()

    published = browser().get("/tra-cuu/khoa.json").get_json()

    (key,) = published["codes"]
    assert key["kid"] == seal.key_id(seal.read_public(key["public"]))
    for each in certificates:
        assert seal.verify(each.code, each.payload, seal.read_public(key["public"]))


def test_the_certificates_that_sign_files_are_published_once(app, browser):
    credentials = make_signing_key()
    make_public_certificates()

    published = browser().get("/tra-cuu/khoa.json").get_json()["files"]

    assert [(key["sha256"], key["self_signed"]) for key in published] == [(credentials.fingerprint, True)]
    assert browser().get("/tra-cuu/chung-thu.pem").get_data(as_text=True) == credentials.pem


def test_what_is_published_may_be_kept_and_asked_for_again(app, browser):
    visitor = browser()
    answer = visitor.get("/tra-cuu/khoa.json")

    again = visitor.get("/tra-cuu/khoa.json", headers={"If-None-Match": answer.headers["ETag"]})

    assert "public" in answer.headers["Cache-Control"]
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert again.status_code == 304


def test_the_list_of_what_ended_is_signed_and_names_nobody(app, browser):
    _, _, certificates = make_public_certificates()
    end(certificates[1])
    visitor = browser()

    answer = visitor.get("/tra-cuu/thu-hoi.json")

    told = answer.get_json()
    signed = told.pop("jws")
    key = Ed25519PublicKey.from_public_bytes(
        unpadded(visitor.get("/tra-cuu/khoa.json").get_json()["codes"][0]["public"])
    )
    key.verify(unpadded(signed["signature"]), f"{signed['protected']}.{signed['payload']}".encode())
    assert json.loads(unpadded(signed["payload"])) == told
    assert told["ended"] == [
        {
            "code": certificates[1].shown_code,
            "register_number": certificates[1].printed["register_number"],
            "state": "revoked",
            "since": "2025-11-12",
            "by": "19-QĐ/BTC",
            "replaced_by": None,
        }
    ]
    text = answer.get_data(as_text=True)
    assert not any(author["name"] in text for author in certificates[1].printed["authors"])
    assert "Nguyễn Văn A" not in text


def test_the_page_of_what_ended_leads_to_each_code(app, browser):
    _, _, certificates = make_public_certificates()
    end(certificates[1], CertificateState.SUSPENDED)
    visitor = browser()

    visitor.get("/tra-cuu/thu-hoi")

    assert visitor.soup.find("a", href=f"/tra-cuu/{certificates[1].shown_code}")
    assert certificates[0].shown_code not in visitor.text


def test_nothing_of_it_is_told_before_publication(app, browser):
    empty = browser().get("/tra-cuu/thu-hoi.json").get_json()
    _, _, certificates = make_drawn_certificates()
    end(certificates[0])

    told = browser().get("/tra-cuu/thu-hoi.json").get_json()

    assert (told["version"], told["ended"]) == (empty["version"], []) == (0, [])


def test_the_page_to_keep_is_one_file_that_asks_for_nothing(app, browser):
    answer = browser().get("/tra-cuu/kiem-tra-ngoai-tuyen.html")

    page = answer.get_data(as_text=True)
    assert answer.headers["Content-Disposition"].startswith("attachment")
    for word in (" src=", "@import", "fetch(", "import "):
        assert word not in page
