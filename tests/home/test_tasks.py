from contest.home.situation import Phase
from contest.home.tasks import ACTS, Numbers, tasks
from tests.makers.accounts import make_member
from tests.makers.results import make_published

NOBODY: frozenset[str] = frozenset()


def endpoints(phase: Phase, *roles: str, signed_in: bool = True, **numbers: int) -> list[str]:
    return [task.endpoint for task in tasks(phase, frozenset(roles), Numbers(**numbers), signed_in=signed_in)]


def test_an_organizer_is_first_led_to_what_waits_for_an_answer():
    found = endpoints(Phase.SCREENING, "organizer", to_second=1, to_answer=2, to_check=3)

    assert found[:3] == ["seconding.index", "privacy_office.index", "screening_office.works"]


def test_a_stranger_may_check_a_work_and_open_an_account_while_works_are_received():
    found = endpoints(Phase.RECEIVING, signed_in=False)

    assert found[:2] == ["eligibility.self_check", "accounts.register"]


def test_an_author_is_first_led_to_what_was_sent_back():
    found = endpoints(Phase.RECEIVING, drafts=1, returned=1, sent=2)

    assert found[0] == "entries.works"
    assert tasks(Phase.RECEIVING, NOBODY, Numbers(returned=1), signed_in=True)[0].parameters == {"count": 1}


def test_a_draft_is_not_offered_after_works_are_closed():
    assert "entries.works" not in endpoints(Phase.SCREENING, drafts=1)


def test_a_juror_is_led_to_the_desk_with_the_number_left():
    first = tasks(Phase.ROUND, frozenset({"juror"}), Numbers(sheets_left=7, sheets_given=5), signed_in=True)[0]

    assert (first.endpoint, first.parameters) == ("judging.desk", {"left": 7, "given": 5})


def test_a_secretary_is_led_to_the_works_that_wait():
    assert endpoints(Phase.SCREENING, "secretary", to_check=3)[0] == "screening_office.works"


def test_an_organizer_of_a_new_contest_is_led_to_the_regulation():
    assert endpoints(Phase.PREPARING, "organizer")[:2] == ["regulations_office.overview", "accounts_office.people"]


def test_an_observer_is_offered_nothing_to_write():
    assert "home_office.announcements" not in endpoints(Phase.ROUND, "observer", to_check=3)


def test_nobody_gets_more_than_four_things_to_do():
    for phase in Phase:
        for roles in (NOBODY, {"juror"}, {"secretary"}, {"organizer", "juror"}):
            found = tasks(phase, frozenset(roles), Numbers(1, 1, 1, 1, 1, 1), signed_in=True)
            assert len(found) <= 4


def test_every_thing_to_do_leads_to_a_page(app):
    reached = {endpoint for acts in ACTS.values() for endpoint, _ in acts}
    for phase in Phase:
        for roles in (NOBODY, {"juror"}, {"secretary"}, {"organizer"}, {"observer"}):
            for signed_in in (False, True):
                for numbers in (Numbers(), Numbers(1, 1, 1, 1, 1, 1)):
                    reached |= {task.endpoint for task in tasks(phase, frozenset(roles), numbers, signed_in=signed_in)}

    assert reached - set(app.view_functions) == set()


def test_an_overview_on_which_nothing_waits_says_so_and_leads_on(app, browser):
    contest, _publication = make_published()
    visitor = browser(make_member(contest, "observer"))

    visitor.get(f"/{contest.slug}/ban-thu-ky")

    assert visitor.soup.h1.get_text(strip=True) == "Không có việc nào chờ bạn"
    assert visitor.soup.select_one("main .empty a")["href"] == f"/{contest.slug}/ban-thu-ky/ket-qua"
    assert not visitor.soup.select("main ol.todo")
