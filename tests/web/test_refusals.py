"""The page of a refusal: what the refusal has to tell, or what its status says by itself."""

import pytest

from contest.errors import ContestError, NotAllowed, NotFound

OF_THE_ROLE = "Vai trò của bạn trong cuộc thi này không làm được việc đó."


class Barred(ContestError):
    message = "Vòng này dành cho người khác."
    status = 403


def answer(app, refusal, accept="text/html"):
    with app.test_request_context("/", headers={"Accept": accept}):
        return app.make_response(app.handle_user_exception(refusal))


@pytest.mark.parametrize("refusal", [NotAllowed(), NotFound()])
def test_a_refusal_with_nothing_of_its_own_to_tell_leaves_the_page_to_its_status(app, refusal):
    said = answer(app, refusal)

    assert said.status_code == refusal.status
    assert 'class="lead"' not in said.get_data(as_text=True)


def test_a_refusal_with_words_of_its_own_is_told(app):
    said = answer(app, Barred())

    assert said.status_code == 403
    assert '<p class="lead">Vòng này dành cho người khác.</p>' in said.get_data(as_text=True)


def test_a_script_is_told_in_any_case(app):
    assert answer(app, NotAllowed(), accept="application/json").json == {"error": OF_THE_ROLE}
