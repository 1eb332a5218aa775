import pytest

from contest.results.visibility import Fact, Moment, Viewer, may_see, viewers

TABLE = """
fact          viewer     judging sealed proposed approved posted decided prepared published
completeness  public     -       -      -        -        -      -       -        -
completeness  author     -       -      -        -        -      -       -        -
completeness  outlet     -       -      -        -        -      -       -        -
completeness  juror      -       -      -        -        -      -       -        -
completeness  chair      yes     yes    yes      yes      yes    yes     yes      yes
completeness  secretary  yes     yes    yes      yes      yes    yes     yes      yes
completeness  organizer  yes     yes    yes      yes      yes    yes     yes      yes
completeness  observer   yes     yes    yes      yes      yes    yes     yes      yes
completeness  payer      -       -      -        -        -      -       -        -
standings     public     -       -      -        -        -      -       -        -
standings     author     -       -      -        -        -      -       -        -
standings     outlet     -       -      -        -        -      -       -        -
standings     juror      -       -      -        -        -      -       -        -
standings     chair      -       yes    yes      yes      yes    yes     yes      yes
standings     secretary  -       yes    yes      yes      yes    yes     yes      yes
standings     organizer  -       yes    yes      yes      yes    yes     yes      yes
standings     observer   -       yes    yes      yes      yes    yes     yes      yes
standings     payer      -       -      -        -        -      -       -        -
proposal      public     -       -      -        -        -      -       -        -
proposal      author     -       -      -        -        -      -       -        -
proposal      outlet     -       -      -        -        -      -       -        -
proposal      juror      -       -      -        -        -      -       -        -
proposal      chair      -       -      yes      yes      yes    yes     yes      yes
proposal      secretary  -       -      yes      yes      yes    yes     yes      yes
proposal      organizer  -       -      yes      yes      yes    yes     yes      yes
proposal      observer   -       -      yes      yes      yes    yes     yes      yes
proposal      payer      -       -      -        -        -      -       -        -
money         public     -       -      -        -        -      -       -        -
money         author     -       -      -        -        -      -       -        -
money         outlet     -       -      -        -        -      -       -        -
money         juror      -       -      -        -        -      -       -        -
money         chair      -       -      -        -        -      -       -        -
money         secretary  -       -      yes      yes      yes    yes     yes      yes
money         organizer  -       -      yes      yes      yes    yes     yes      yes
money         observer   -       -      -        -        -      -       -        -
money         payer      -       -      -        -        -      yes     yes      yes
posted_list   public     -       -      -        -        yes    -       -        -
posted_list   author     -       -      -        -        yes    -       -        -
posted_list   outlet     -       -      -        -        yes    -       -        -
posted_list   juror      -       -      -        -        yes    -       -        -
posted_list   chair      -       -      -        -        yes    -       -        -
posted_list   secretary  -       -      -        -        yes    -       -        -
posted_list   organizer  -       -      -        -        yes    -       -        -
posted_list   observer   -       -      -        -        yes    -       -        -
posted_list   payer      -       -      -        -        yes    -       -        -
decision      public     -       -      -        -        -      -       -        -
decision      author     -       -      -        -        -      -       -        -
decision      outlet     -       -      -        -        -      -       -        -
decision      juror      -       -      -        -        -      -       -        -
decision      chair      -       -      -        -        -      yes     yes      yes
decision      secretary  -       -      -        -        -      yes     yes      yes
decision      organizer  -       -      -        -        -      yes     yes      yes
decision      observer   -       -      -        -        -      yes     yes      yes
decision      payer      -       -      -        -        -      -       -        -
own_line      public     -       -      -        -        -      -       -        -
own_line      author     -       -      -        -        -      yes     yes      yes
own_line      outlet     -       -      -        -        -      yes     yes      yes
own_line      juror      -       -      -        -        -      -       -        -
own_line      chair      -       -      -        -        -      -       -        -
own_line      secretary  -       -      -        -        -      -       -        -
own_line      organizer  -       -      -        -        -      -       -        -
own_line      observer   -       -      -        -        -      -       -        -
own_line      payer      -       -      -        -        -      -       -        -
own_severity  public     -       -      -        -        -      -       -        -
own_severity  author     -       -      -        -        -      -       -        -
own_severity  outlet     -       -      -        -        -      -       -        -
own_severity  juror      -       yes    yes      yes      yes    yes     yes      yes
own_severity  chair      -       yes    yes      yes      yes    yes     yes      yes
own_severity  secretary  -       -      -        -        -      -       -        -
own_severity  organizer  -       -      -        -        -      -       -        -
own_severity  observer   -       -      -        -        -      -       -        -
own_severity  payer      -       -      -        -        -      -       -        -
results       public     -       -      -        -        -      -       -        yes
results       author     -       -      -        -        -      -       -        yes
results       outlet     -       -      -        -        -      -       -        yes
results       juror      -       -      -        -        -      -       -        yes
results       chair      -       -      -        -        -      -       -        yes
results       secretary  -       -      -        -        -      -       -        yes
results       organizer  -       -      -        -        -      -       -        yes
results       observer   -       -      -        -        -      -       -        yes
results       payer      -       -      -        -        -      -       -        yes
scores        public     -       -      -        -        -      -       -        -
scores        author     -       -      -        -        -      -       -        -
scores        outlet     -       -      -        -        -      -       -        -
scores        juror      -       -      -        -        -      -       -        -
scores        chair      -       -      -        -        -      -       -        -
scores        secretary  -       -      -        -        -      -       -        -
scores        organizer  -       -      -        -        -      -       -        -
scores        observer   -       -      -        -        -      -       -        -
scores        payer      -       -      -        -        -      -       -        -
"""

HEAD, *ROWS = (line.split() for line in TABLE.strip().splitlines())
CELLS = [
    (Fact(row[0]), Viewer(row[1]), Moment(moment), cell == "yes")
    for row in ROWS
    for moment, cell in zip(HEAD[2:], row[2:], strict=True)
]


@pytest.mark.parametrize(("fact", "viewer", "moment", "seen"), CELLS)
def test_a_cell_of_the_table_holds(fact, viewer, moment, seen):
    assert may_see(fact, {viewer}, moment) == seen


def test_the_table_has_a_cell_for_every_fact_viewer_and_moment():
    assert len({cell[:3] for cell in CELLS}) == len(Fact) * len(Viewer) * len(Moment)


def test_whoever_holds_several_roles_sees_what_any_of_them_sees():
    assert may_see(Fact.STANDINGS, viewers({"juror", "secretary"}, signed_in=True), Moment.SEALED)
    assert not may_see(Fact.STANDINGS, viewers({"juror", "outlet"}, signed_in=True), Moment.PUBLISHED)


def test_everyone_looks_as_the_public_and_a_signed_in_person_as_an_author_too():
    assert viewers((), signed_in=False) == {Viewer.PUBLIC}
    assert viewers({"juror"}, signed_in=True) == {Viewer.PUBLIC, Viewer.AUTHOR, Viewer.JUROR}
