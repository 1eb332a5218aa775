"""Templates: kept by version, chosen for each certificate, and never changing what was prepared."""

from io import BytesIO

import pypdfium2
import pytest
from PIL import Image

from contest import storage
from contest.certificates import documents, services
from contest.certificates.choosing import TemplateKind
from contest.certificates.design import HOUSE, Box, Design
from contest.certificates.layout import LetterNotInFamily, set_certificate
from contest.certificates.models import CertificateTemplate
from contest.certificates.refusals import LeavesSheet, TemplateChanged, TemplateTaken
from contest.database import db, transaction
from contest.storage.covering import NoPicture, NoSuchPage, OtherShape, TooCoarse
from tests.makers.accounts import make_member
from tests.makers.certificates import (
    certificates_of,
    make_decided_contest,
    make_prepared_certificates,
    make_printed,
    make_template,
)
from tests.makers.regulations import make_contest

FRAMELESS = Design(border="none")


def designs(certificates):
    return [sheet.design for sheet in documents.sheets_of(certificates)]


def picture(width, height, kind):
    content = BytesIO()
    Image.new("RGB", (width, height), "#ddeeff").save(content, kind)
    content.seek(0)
    return storage.receive(content, limit=10**7)


def office(contest):
    return f"/{contest.slug}/ban-thu-ky/giay-chung-nhan"


def test_a_template_draws_what_is_prepared_after_it_and_changes_nothing_before(app, now):
    contest, organizer, _ = make_prepared_certificates()
    template = make_template(contest, by=organizer, tiers=[])

    assert [design.border for design in designs(certificates_of(contest))] == ["house"] * 4

    with transaction():
        assert services.take_up_templates(contest, by=organizer, now=now) == 4
    assert [design.border for design in designs(certificates_of(contest))] == ["none"] * 4

    with transaction():
        services.save_template(
            template,
            services.Meant("Khác", TemplateKind.BOTH, [], Design(paper="A3")),
            version=1,
            by=organizer,
            now=now,
        )
    assert [design.paper for design in designs(certificates_of(contest))] == ["A4"] * 4


def test_a_template_equal_to_the_house_draws_the_same_dots(app):
    contest, organizer, certificates = make_prepared_certificates()
    shown = documents.picture(documents.draw(documents.sheets_of(certificates[:1])).__next__())
    template = make_template(contest, by=organizer, design=Design.of(Design.default().document()))
    again = documents.sheet(
        certificates[0].printed, certificates[0].code, certificates[0].payload, Design.of(template.design)
    )

    assert documents.picture(again.drawn()) == shown


def test_whoever_saves_second_is_told_and_overwrites_nothing(app, now):
    contest = make_contest()
    organizer = make_member(contest, "organizer", name="Phạm Trường Giang")
    template = make_template(contest, by=organizer)
    meant = services.Meant("Lần hai", TemplateKind.BOTH, ["A"], FRAMELESS)
    with transaction():
        services.save_template(template, meant, version=1, by=organizer, now=now)

    with pytest.raises(TemplateChanged) as refusal, transaction():
        services.save_template(template, meant, version=1, by=organizer, now=now)

    assert refusal.value.parameters["by"] == "Phạm Trường Giang"
    assert db.session.get_one(CertificateTemplate, template.id).version == 2


def test_two_templates_in_use_are_never_for_the_same_certificates(app, now):
    contest = make_contest()
    organizer = make_member(contest, "organizer")
    first = make_template(contest, by=organizer)
    with pytest.raises(TemplateTaken):
        make_template(contest, name="Thứ hai", tiers=["A", "B"], by=organizer)
    with transaction():
        services.retire_template(first, by=organizer, now=now)
    make_template(contest, name="Thứ hai", tiers=["A", "B"], by=organizer)

    with pytest.raises(TemplateTaken), transaction():
        services.restore_template(first, by=organizer, now=now)


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "PDF"])
def test_a_picture_that_covers_the_sheet_is_encoded_anew_in_its_shape(app, kind):
    kept = storage.cover(picture(2400, 1600, kind), page=1, shape=(297, 210))

    with Image.open(storage.path(kept.sha256)) as image:
        assert (image.format, image.mode) == ("JPEG", "RGB")
        assert image.width / image.height == pytest.approx(297 / 210, abs=0.002)
        assert image.width >= 1754


def test_what_cannot_cover_a_sheet_is_refused_with_its_reason(app):
    for received, page, refusal in (
        (picture(1600, 2400, "PNG"), 1, OtherShape),
        (picture(800, 566, "JPEG"), 1, TooCoarse),
        (picture(2400, 1600, "PDF"), 2, NoSuchPage),
        (picture(2400, 1600, "WEBP"), 1, NoPicture),
    ):
        with pytest.raises(refusal):
            storage.cover(received, page=page, shape=(297, 210))


def test_a_letter_that_a_font_lacks_is_named_with_the_fonts_that_have_it():
    printed = make_printed(work="Vườn rau 500 m² của chị Hoa")
    with pytest.raises(LetterNotInFamily) as refusal:
        set_certificate(printed)

    assert refusal.value.field == "work"
    assert refusal.value.parameters["letter"] == "²"
    for family in refusal.value.parameters["families"].split(", "):
        set_certificate(printed, Design.default().with_zone("work", family=family))


def test_words_beyond_the_sheet_are_refused(app):
    design = Design.default().with_zone("nation", sizes=(72.0,), box=Box(200, 10, 90, 20))

    with pytest.raises(LeavesSheet):
        documents.check_sheet(make_printed(), design)


def test_the_designer_shows_real_words_and_keeps_what_is_typed(app, browser):
    contest, organizer = make_decided_contest()
    person = browser(organizer)

    person.get(f"{office(contest)}/mau/moi")
    assert len(person.soup.select("main img[src^='data:image/webp']")) == 2
    assert {group["data-part"] for group in person.soup.select("g[data-part]")} == set(HOUSE)
    typed = {"name": "Mẫu A3", "paper": "A3", "who_own": "y", "who_x": "20", "who_y": "150", "who_width": "100"}
    answer = person.post_form(f"{office(contest)}/mau/moi", typed, button="save")
    assert answer.status_code == 303
    person.get(f"{office(contest)}/mau")
    assert "Mẫu A3" in person.text

    template = db.session.query(CertificateTemplate).one()
    path = f"{office(contest)}/mau/{template.id}"
    assert Design.of(template.design).zones["who"].box.x == 20
    document = person.get(f"{path}/dai.pdf").get_data()
    with pypdfium2.PdfDocument(document) as opened:
        page = opened[0]
        assert round(page.get_width() * 25.4 / 72) == 420
        name = contest.regulation.letterhead.signer_name
        left, _, right, _ = page.get_textpage().get_charbox(page.get_textpage().search(name).get_next()[0])
        assert 20 * 2**0.5 <= left * 25.4 / 72 <= right * 25.4 / 72 <= 120 * 2**0.5

    narrow = {"work_own": "y", "work_x": "30", "work_y": "100", "work_width": "12", "work_height": "5"}
    refused = person.post_form(path, narrow, button="save")
    assert refused.status_code == 422
    assert person.soup.select_one("#phan-work .invalid-text") is not None
    assert person.soup.find(id="work_width")["value"] == "12"

    assert person.post_form(path, {"paper": "A4"}, button="save").status_code == 303
    stale = person.post_form(path, {"version": "1", "name": "Của người khác"}, button="save")
    assert stale.status_code == 422
    assert "Của người khác" in person.soup.find(id="name")["value"]


def test_a_background_is_named_so_that_no_other_file_can_be_put_in_its_place(app, browser):
    contest, organizer = make_decided_contest()
    person = browser(organizer)
    content = BytesIO()
    Image.new("RGB", (2400, 1700), "#ddeeff").save(content, "PNG")
    sent = {"background_file": (content.getvalue(), "nền.png")}

    saved = person.post_form(f"{office(contest)}/mau/moi", {"name": "Có nền"}, button="save", files=sent)
    assert saved.status_code == 303
    template = db.session.query(CertificateTemplate).one()
    assert storage.path(template.background_sha256).exists()
    other = storage.store(BytesIO(b"a secret"), limit=100)
    db.session.commit()
    path = f"{office(contest)}/mau/{template.id}"
    assert person.post_form(path, {"background": other.sha256}, button="save").status_code == 303
    assert db.session.query(CertificateTemplate).one().background_sha256 is None


def test_an_observer_sees_templates_and_changes_none(app, browser):
    contest, organizer = make_decided_contest()
    template = make_template(contest, by=organizer)
    observer = browser(make_member(contest, "observer"))

    for path in ("/mau", f"/mau/{template.id}"):
        assert observer.get(office(contest) + path).status_code == 200
        assert observer.soup.select("main form") == []
