"""What each role finds at each door, moment by moment: the table of visibility seen from outside."""

from contest import clock
from contest.database import transaction
from contest.results import queries, services
from contest.results.visibility import Fact, Moment, Viewer, may_see, viewers
from tests.makers import results as makers
from tests.makers.accounts import make_member, make_user
from tests.makers.regulations import make_contest

SECRET = "Giữ nước đầu nguồn sông Re 1"
PUBLIC_DOORS = {"niem-yet": Fact.POSTED_LIST, "ket-qua": Fact.RESULTS, "ket-qua/BI-0001": Fact.RESULTS}
OFFICE_DOORS = {"vong/chung_khao": Fact.STANDINGS, "danh-sach": Fact.PROPOSAL}
STAFF_ROLES = {"secretary", "organizer", "observer", "chair"}


def test_every_door_shows_to_every_role_at_every_moment_what_the_table_says(app, browser):
    contest = make_contest()
    organizer = make_member(contest, "organizer")
    people = {
        Viewer.PUBLIC: None,
        Viewer.AUTHOR: make_user(),
        **{
            viewer: organizer if viewer is Viewer.ORGANIZER else make_member(contest, viewer)
            for viewer in Viewer
            if viewer not in (Viewer.PUBLIC, Viewer.AUTHOR)
        },
    }
    round_, _ = makers.make_judged_round(contest, *makers.FIVE)
    now = makers.after(contest)
    clock.set_to(now)
    browsers = {viewer: browser(person) for viewer, person in people.items()}

    def check(moment: Moment) -> None:
        assert queries.moment_of(contest) is moment
        for viewer, visitor in browsers.items():
            roles = {viewer} - {Viewer.PUBLIC, Viewer.AUTHOR}
            quality = viewers(roles, signed_in=viewer is not Viewer.PUBLIC)
            for door, fact in PUBLIC_DOORS.items():
                visitor.get(f"/dan-van-kheo/{door}")
                assert (SECRET in visitor.text) == may_see(fact, quality, moment), (moment, viewer, door)
                assert "91" not in visitor.text.split(), (moment, viewer, door)
                assert "15.000.000 ₫" not in visitor.text, (moment, viewer, door)
            for door, fact in OFFICE_DOORS.items():
                status = visitor.get(f"/dan-van-kheo/ban-thu-ky/ket-qua/{door}").status_code
                marked = {Fact.STANDINGS: "details.why", Fact.PROPOSAL: "tbody .award"}[fact]
                seen = status == 200 and bool(visitor.soup.select(marked))
                assert seen == may_see(fact, quality, moment), (moment, viewer, door)
                paid = "15.000.000 ₫" in visitor.text
                assert paid == (fact is Fact.PROPOSAL and seen and may_see(Fact.MONEY, quality, moment)), (
                    moment,
                    viewer,
                    door,
                )
                if viewer not in STAFF_ROLES:
                    assert status in (302, 404)
            visitor.get("/dan-van-kheo/ban-thu-ky/chi-thuong")
            paid = "15.000.000 ₫" in visitor.text
            assert paid == (moment.rank >= Moment.DECIDED.rank and may_see(Fact.MONEY, quality, moment)), (
                moment,
                viewer,
            )

    check(Moment.JUDGING)
    with transaction():
        services.seal_round(round_, by=organizer, now=now)
    check(Moment.SEALED)
    makers.make_proposed(contest, by=organizer)
    check(Moment.PROPOSED)
    with transaction():
        services.approve(contest, body="BTC", held_on=now.date(), by=organizer, now=now)
    check(Moment.APPROVED)
    with transaction():
        posting = services.post_list(contest, by=organizer, now=now)
    check(Moment.POSTED)
    now = makers.later(posting)
    clock.set_to(now)
    browsers.update({viewer: browser(person) for viewer, person in people.items()})  # sessions ended in between
    with transaction():
        services.decide(contest, **makers.decision_words(now.date()), by=organizer, now=now)
    check(Moment.DECIDED)
    with transaction():
        services.mark_prepared(contest, certificates=4, by=organizer, now=now)
    check(Moment.PREPARED)
    with transaction():
        services.publish(contest, by=organizer, now=now)
    check(Moment.PUBLISHED)
