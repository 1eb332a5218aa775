"""Pages where it matters who sends: beginning a work, places left, the check for everybody."""

from __future__ import annotations

import pytest

from contest.database import db
from contest.entries.models import Entry
from tests.entries.test_contest_rules import told
from tests.makers import entries as make
from tests.makers.accounts import make_member, make_outlet, make_user
from tests.makers.regulations import SLUG, make_contest

WORKS, CHECK = f"/{SLUG}/tac-pham", f"/{SLUG}/kiem-tra"
ANSWERS = {
    "category": "BAO_IN",
    "instalments": "3",
    "inside": "1",
    "authors": "1",
    "works": "0",
    "serves": "no",
    "award": "",
    "licensed": "yes",
}


def the_entry() -> Entry:
    return db.session.scalars(db.select(Entry)).one()


def test_nobody_without_a_unit_is_asked_who_sends(app, browser) -> None:
    make.at_receipt(make_contest())
    visitor = browser(make_user())

    visitor.get(f"{WORKS}/moi")

    assert visitor.soup.find("input", attrs={"name": "through"}) is None


def test_a_representative_chooses_for_whom_the_work_is_sent(app, browser) -> None:
    contest = make_contest(replacements=told(entrants="works_per_unit = 3\n"))
    make.at_receipt(contest)
    outlet = make_outlet()
    visitor = browser(make_member(contest, "outlet", outlet=outlet))

    visitor.get(f"{WORKS}/moi")
    assert f"{outlet.name} đã gửi 0 trên 3 tác phẩm." in visitor.soup.get_text()
    visitor.send({"title": "Giữ rừng", "category": "BAO_IN", "through": str(outlet.id)})

    assert the_entry().sender_id == outlet.id


def test_a_unit_of_others_is_not_among_the_choices(app, browser) -> None:
    contest = make_contest()
    make.at_receipt(contest)
    own, other = make_outlet(), make_outlet("Báo Bình Định")
    visitor = browser(make_member(contest, "outlet", outlet=own))

    visitor.get(f"{WORKS}/moi")
    visitor.send({"title": "Giữ rừng", "category": "BAO_IN", "through": str(other.id)})

    assert visitor.response.status_code == 422
    assert db.session.scalars(db.select(Entry)).all() == []


def test_where_only_units_send_an_author_reads_to_whom_to_go(app, browser) -> None:
    contest = make_contest(replacements=told(entrants='through = ["outlet", "branch"]\n'))
    make.at_receipt(contest)
    visitor = browser(make_user())

    visitor.get(f"{WORKS}/moi")

    assert visitor.soup.select_one("main form[method=post]") is None
    assert "cơ quan báo chí hoặc chi hội nhà báo gửi tác phẩm" in visitor.soup.get_text()


def test_whoever_names_a_juror_reads_the_same_page_as_for_anybody(app, browser) -> None:
    contest = make_contest()
    make.at_receipt(contest)
    juror = make_member(contest, "juror", name="Phạm Văn Thức")
    author = make_user()
    visitor = browser(author)

    def said(email: str) -> str:
        entry = make.make_draft(contest, author, bylines=[make.byline(name="Phạm Văn Thức", email=email, phone="")])
        visitor.get(f"{WORKS}/{entry.id}/tac-gia")
        return str(visitor.soup.select_one("[data-findings]").get_text())

    assert said(juror.email) == said("nguoi.khac@toasoan.example")


def test_an_instalment_is_asked_what_its_category_names(app, browser) -> None:
    named = ('medium = "print"', 'medium = "print"\ninstalment_fields = ["page", "words"]')
    contest = make_contest(replacements=(named,))
    make.at_receipt(contest)
    entry = make.make_draft(contest, make_user())
    visitor = browser(entry.owner)

    visitor.get(f"{WORKS}/{entry.id}/ky-dang")

    fields = {field["name"] for field in visitor.soup.select("[name^=rows-0-]")}
    assert fields == {f"rows-0-{name}" for name in ("title", "published_on", "outlet_id", "outlet", "page", "words")}


# The check for everybody


def test_the_check_asks_what_the_limits_of_the_contest_need(app, browser) -> None:
    roles = (
        'by_role = [{roles = ["Tác giả ảnh"], works = 1}]\nbonus = [{genres = ["phong_su"]}]\n'
        'earlier_instalments = "merge"\nsame_topic = "refuse"\n'
    )
    make_contest(replacements=told(roles, 'works_per_unit = 2\nthrough = ["outlet", "branch"]\n'))
    visitor = browser()
    further = {"earlier": "2", "role": "Tác giả ảnh", "works_0": "1", "bonus_0": "no", "topic": "no"}
    further |= {"through": "outlet", "unit": "0"}

    assert visitor.get(CHECK, query_string=ANSWERS | further).status_code == 200
    stopped = [section.get_text() for section in visitor.soup.select("section.finding.block")]
    assert len(stopped) == 1
    assert "Tác giả ảnh" in stopped[0]
    visitor.get(CHECK, query_string=ANSWERS | further | {"bonus_0": "yes"})
    assert visitor.soup.select("section.finding.block") == []


@pytest.mark.parametrize(
    ("answer", "stops"), [({"topic": "yes"}, 1), ({"through": "branch"}, 1), ({"unit": "2"}, 1), ({"earlier": "1"}, 1)]
)
def test_each_further_answer_may_stop_a_work(app, browser, answer: dict[str, str], stops: int) -> None:
    limits = 'earlier_instalments = "merge"\nsame_topic = "refuse"\n'
    make_contest(replacements=told(limits, 'works_per_unit = 2\nthrough = ["outlet"]\n'))
    visitor = browser()
    further = {"earlier": "2", "topic": "no", "through": "outlet", "unit": "1"}

    visitor.get(CHECK, query_string=ANSWERS | further)
    assert visitor.soup.select("section.finding.block") == []
    visitor.get(CHECK, query_string=ANSWERS | further | answer)

    assert len(visitor.soup.select("section.finding.block")) == stops


def test_more_instalments_than_there_are_is_said_at_the_question(app, browser) -> None:
    make_contest(replacements=told('earlier_instalments = "merge"\n'))

    assert browser().get(CHECK, query_string=ANSWERS | {"earlier": "3"}).status_code == 422
