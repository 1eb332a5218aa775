"""The outcome of a round as it is frozen: canonical JSON with codes and exact values, words made where it is shown.

Fractions are written "n/d", points are hundredths, money is đồng, jurors are random subject ids, works are their codes,
newsrooms the names they print under. Nothing in it is the name of a person. ``conclude(material)`` makes the outcome,
``document(outcome, contest=…, regulation=…, sealed_at=…)`` writes it:

.. code-block:: text

    format        2
    contest       slug
    round         code
    regulation    SHA-256 of the regulation that ruled at the sealing
    sealed_at     moment in UTC, with microseconds
    out           {entry: "rejected" | "withdrawn"}, admitted works that left the contest
    groups        [group], in the order of the regulation: groups of the prizes in the last round, else categories
    ungrouped     [line], works that no group takes; they have no place
    votes         [vote], on works first, then on prizes over the groups
    special       [prize]   ┐
    thematic      [prize]   │ only in the last round
    collective    [prize]   │
    money         totals    ┘

    group         group        code
                  lines        [line], best first; works of one place by code
                  unplaced     [line], works without a countable sheet or vote, with null places; empty once sealed
                  advancement  {join, terms: [{term, limit, seats, edge}], going}; not in the last round.
                               term: share | top | floor | flagged | carried; limit: "n/d", number, hundredths or null;
                               edge: the last place that goes on by this term, or null
                  tiers        [{tier, quota | null, floor, exact, given, accepted}]; only in the last round.
                               accepted: number of the act that accepts fewer than an exact quota, or null

    line          entry, category
                  place | null, tied_with: [entry]
                  steps        [{rule, value, among, outcome}], every comparison on the way to the place.
                               rule: mean | carried | ballot | votes | criterion:CODE | highest_sheet |
                               earlier_receipt | chair_sheet | vote | lot | act; outcome: separated | equal | skipped;
                               value: "n/d", for earlier_receipt the moment, or null
                  settled      number of the act whose order decided the last step, or null
        scored:   mean         what the place rests on: aggregate and bonus
                  aggregate    of the sheets alone
                  bonus        [{bonus, points}]
                  criteria     {code: "n/d"}
                  aggregation  mean | trimmed | median | sum: what was done with so many sheets
                  dropped      [{of, low: ["n/d"], high: ["n/d"]}], values that trimming left out; of: total | CODE
                  minimum      sheets that the regulation asks for
                  lowest, highest   of the sheets that count, "n/d"
                  spread, limit     what is compared with what the jurors may differ by; limit null without a rule
                  measure, consequence  of that rule, or null
                  accepted     number of the act that lets exactly these sheets stand, or null
                  sheets       [{juror, revision, chair, third, marks: {code: hundredths}, total, sha256}]
                  left_out     [{juror, revision, third, why, sha256}]; why: recused | other_rubric |
                               third_not_needed | replaced_by_third | replaced_by_remark
        voted:    carried      code of the tier, "yes", or null
                  counts       [count]
        advancing: advanced    bool; passed: [term]
        prizes:   tier         code | null: what the group gives it
                  answers      [{tier, why, limit}] from the highest tier down; why: given | below_floor | quota_full |
                               above_band | not_carried
                  replaced_by  code of the special prize for which the prize of the tier was given back, or null
                  prizes       [code], all that the work takes in the end: of its tier, special, thematic

    count         {question, ballot, of, needed, yes, no, casting, carried}: of members counted, votes needed,
                  whether the chair's vote decided. A vote on tiers: {question, ballot, of, needed, tiers: {code:
                  number}, casting, carried: code | null}. A ranking: {question, ballot, papers, sum}.
    vote          {question, panel, kind, ballots: [{ballot, members, present, cast, quorum, counts, left_out: {why:
                  number}}]}. why: not_a_member | not_present | twice | too_many. No voter is named.

    prize         {prize, by, quota, floor | null, candidates: number, open: bool, act, settled, winners: [winner],
                  passed_over: [{subject, why}]}. act: number of the act that chose; passed_over: who was named
                  by the act or carried by the vote and cannot have it: not_a_candidate | quota_full | below_floor
    winner        {subject, mean, count, works, points, replaces}: those that apply, else null.
                  subject: entry, in collective prizes the newsroom; replaces: the tier given back

    totals        {base_salary: {on, amount} | null, prizes: [{prize, count, each, multiple, in_kind, worth, total}],
                  total, worth}: each and total are paid out, worth is listed and not paid
"""

from contest.results.record.figures import exact, fraction
from contest.results.record.writing import FORMAT, document, fingerprint

__all__ = ["FORMAT", "document", "exact", "fingerprint", "fraction"]
