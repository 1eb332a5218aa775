"""The look: addresses that may be kept for a year, forms that speak, pages that stand without a database."""

import gzip
import re
from pathlib import Path

import pytest
from flask import render_template_string, url_for
from wtforms import BooleanField, FieldList, FormField, RadioField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length

from contest.web.assets import ICONS, asset
from contest.web.forms import Form
from contest.web.pagination import Page

TEMPLATES = Path(__file__).parents[2] / "templates"


CATEGORIES = [SelectChoice("BI", "Báo in"), SelectChoice("PT", "Phát thanh")]
KINDS = [SelectChoice("one", "Đơn"), SelectChoice("many", "Nhiều kỳ")]


class Instalment(Form):
    title = StringField("Tên kỳ", [DataRequired("Hãy ghi tên kỳ.")])


class Work(Form):
    title = StringField(
        "Tên tác phẩm", [DataRequired("Hãy ghi tên tác phẩm."), Length(max=20)], description="Như đã đăng"
    )
    category = SelectField("Loại hình", choices=CATEGORIES)
    kind = RadioField("Tác phẩm", choices=KINDS, validators=[DataRequired("Hãy chọn.")])
    agreed = BooleanField("Tôi cam kết", [DataRequired("Hãy đọc và đồng ý.")])
    instalments = FieldList(FormField(Instalment), min_entries=1)


PAGE = """{% from "_form.html" import error_summary, field, checkbox, choices, csrf, buttons %}
{{ error_summary(form) }}<form method="post" novalidate>{{ csrf(form) }}
{{ field(form.title, optional=True, autocomplete="off") }}{{ field(form.category) }}{{ choices(form.kind) }}
{{ checkbox(form.agreed) }}{% for row in form.instalments %}{{ field(row.form.title) }}{% endfor %}
{{ buttons("Gửi", cancel="/") }}</form>"""


@pytest.fixture
def page(app):
    """Draw a template as one request would, and read it."""
    from bs4 import BeautifulSoup

    def draw(source: str, path: str = "/x", **context):
        with app.test_request_context(path, method="GET"):
            return BeautifulSoup(render_template_string(source, **context), "html.parser")

    return draw


@pytest.fixture
def sent_back(app):
    """A form that was sent empty."""
    with app.test_request_context("/x", method="POST", data={"instalments-0-title": "", "category": "BI"}):
        app.config["WTF_CSRF_ENABLED"] = False
        form = Work()
        form.validate()
        app.config["WTF_CSRF_ENABLED"] = True
        form.form_errors.append("Thể lệ đã sửa từ lúc bạn mở trang.")
        yield form


def addresses(html: str) -> set[str]:
    return set(re.findall(r'/assets/[^"#\s]+', html))


def test_everything_a_page_needs_may_be_kept_for_a_year(browser):
    visitor = browser()
    needed = addresses(visitor.get("/tro-giup").text)
    sheet = next(address for address in needed if address.endswith("house.css"))
    fonts = {f"/assets/{found}" for found in re.findall(r'url\("\.\./([^"]+)"\)', visitor.get(sheet).text)}

    answers = [visitor.get(address, buffered=True) for address in needed | fonts]

    assert len(fonts) == 5
    assert {answer.status_code for answer in answers} == {200}
    assert {answer.cache_control.max_age for answer in answers} == {365 * 24 * 60 * 60}
    assert all(answer.cache_control.immutable for answer in answers)


def test_fonts_travel_as_woff2(app, browser):
    with app.test_request_context():
        address = asset("BeVietnamPro-Regular.woff2")

    font = browser().get(address, buffered=True)

    assert font.data[:4] == b"wOF2"
    assert font.content_type == "font/woff2"


def test_text_travels_compressed_to_whoever_reads_it(app, browser):
    with app.test_request_context():
        address = asset("house.css")
    plain = browser().get(address)
    small = browser().get(address, headers={"Accept-Encoding": "gzip"})

    assert small.content_encoding == "gzip"
    assert gzip.decompress(small.data) == plain.data
    assert "Accept-Encoding" in small.vary


def test_an_address_of_an_older_release_leads_to_the_present_one(app, browser):
    with app.test_request_context():
        address = asset("house.css")

    assert browser().get("/assets/0000000000000000/house.css").location == address


@pytest.mark.parametrize("name", ["../setup.cfg", "js/../../setup.cfg", "css/10-tokens.css", "js/none.js", "img"])
def test_nothing_else_is_served(app, browser, name):
    with app.test_request_context():
        address = url_for("assets.serve", digest=asset("js/x").split("/")[2], name=name)

    assert browser().get(address).status_code == 404


def test_the_sprite_has_every_icon_that_a_template_asks_for():
    asked = set()
    for path in TEMPLATES.rglob("*.html"):
        asked |= set(re.findall(r"""\bicon\(\s*["']([a-z0-9-]+)["']""", path.read_text("utf-8")))

    assert asked - set(ICONS) == set()


def test_no_page_has_inline_styles_or_scripts():
    wrong = []
    for path in TEMPLATES.rglob("*.html"):
        if path.parts[-2] in ("documents", "printing", "mail"):
            continue
        text = path.read_text("utf-8")
        if re.search(r"<style|<script(?![^>]*\bsrc=)|\son[a-z]+=|\sstyle=", text):
            wrong.append(path.relative_to(TEMPLATES).as_posix())
    assert wrong == []


def test_label_hint_error_and_control_stand_in_that_order_and_are_tied(page, sent_back):
    html = page(PAGE, form=sent_back)
    box = html.find(id="title").find_parent(class_="field")

    assert [child.name for child in box.find_all(recursive=False)] == ["label", "p", "p", "input"]
    assert box.find("input")["aria-describedby"] == "h-title e-title"
    assert box.find("input")["aria-invalid"] == "true"
    assert box.find(id="e-title").get_text() == "Lỗi: Hãy ghi tên tác phẩm."
    assert "(không bắt buộc)" in box.label.get_text()


def test_the_browser_itself_neither_refuses_nor_cuts_what_is_typed(page, sent_back):
    control = page(PAGE, form=sent_back).find(id="title")

    assert not control.has_attr("required")
    assert not control.has_attr("maxlength")
    assert control["autocomplete"] == "off"


class Person(Form):
    name = StringField("Họ và tên", [Length(max=4, message="Ô này nhận tối đa 4 ký tự.")])
    pen_names = StringField("Bút danh", [Length(max=2, message="Ô này nhận tối đa 2 ký tự.")])
    unit = StringField("Đơn vị", [DataRequired("Hãy ghi đơn vị.")])


def test_a_sentence_of_the_summary_that_differs_in_figures_only_names_its_field(app, page):
    with app.test_request_context("/x", method="POST", data={"name": "Trà Giang", "pen_names": "Giang"}):
        app.config["WTF_CSRF_ENABLED"] = False
        form = Person()
        form.validate()
        app.config["WTF_CSRF_ENABLED"] = True

    html = page('{% from "_form.html" import error_summary %}{{ error_summary(form) }}', form=form)

    assert [link.get_text() for link in html.select(".error-summary a")] == [
        "Họ và tên: Ô này nhận tối đa 4 ký tự.",
        "Bút danh: Ô này nhận tối đa 2 ký tự.",
        "Hãy ghi đơn vị.",
    ]


def test_the_summary_takes_the_focus_and_leads_to_every_field(page, sent_back):
    html = page(PAGE, form=sent_back)
    summary = html.select_one(".error-summary")
    links = [link["href"].removeprefix("#") for link in summary.find_all("a")]

    assert summary.has_attr("autofocus")
    assert summary["tabindex"] == "-1"
    assert links == ["title", "kind-0", "agreed", "instalments-0-title"]
    assert all(html.find(id=target) for target in links)
    assert "Thể lệ đã sửa từ lúc bạn mở trang." in summary.get_text()


def test_the_title_of_a_page_sent_back_begins_with_the_word_error(page, sent_back):
    html = page('{% extends "base.html" %}{% block title %}Gửi tác phẩm{% endblock %}', form=sent_back)

    assert html.title.get_text().startswith("Lỗi: Gửi tác phẩm")


def test_no_box_is_ticked_beforehand(page, app):
    with app.test_request_context("/x"):
        form = Work()
        html = page(PAGE, form=form)

    assert html.find_all("input", checked=True) == []


def test_pages_of_a_list_keep_what_was_asked_for(page):
    html = page(
        '{% from "_page.html" import pagination %}{{ pagination(page) }}',
        path="/tro-giup?loc=a&loc=b&trang=3",
        page=Page([], 312, 3, 50),
    )

    assert [link.get_text() for link in html.select(".page-link")] == ["Trước", "1", "2", "3", "4", "…", "7", "Sau"]
    assert html.select_one("[aria-current=page]").get_text() == "3"
    assert html.select(".page-link")[-1]["href"] == "/tro-giup?loc=a&loc=b&trang=4"


def test_a_list_of_one_page_has_no_pages(page):
    html = page('{% from "_page.html" import pagination %}{{ pagination(page) }}', page=Page([], 12, 1, 50))

    assert html.get_text().strip() == ""


@pytest.mark.parametrize("status", [400, 403, 404, 405, 409, 413, 422, 429, 500, 503])
def test_every_refusal_says_what_happened_and_what_to_do(page, status):
    html = page('{% include "errors/refusal.html" %}', status=status, sentence="Vòng sơ khảo đã đóng lúc 17:00.")

    assert html.h1.get_text(strip=True)
    assert "Vòng sơ khảo đã đóng lúc 17:00." in html.main.get_text()
    assert html.select_one("main a[href='/']")


def test_the_folded_menu_opens_without_a_script(browser):
    from tests.makers.regulations import make_contest

    contest = make_contest()
    visitor = browser()
    visitor.get(f"/{contest.slug}/")
    folded = visitor.soup.select_one("nav.nav-main details.menu")

    assert folded.summary
    assert folded.find_next_sibling().name == "ul"


def test_the_place_one_stands_at_is_marked_once(browser):
    from tests.makers.regulations import make_contest

    contest = make_contest()
    visitor = browser()
    visitor.get(f"/{contest.slug}/dien-hinh")

    assert [link["href"] for link in visitor.soup.select("nav.nav-main [aria-current]")] == [
        f"/{contest.slug}/dien-hinh"
    ]
