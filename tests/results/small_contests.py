"""Small contests by chance: a random regulation that checks, and rounds judged under it, with many equal works."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from random import Random
from typing import Any

from contest.regulations import schema
from contest.regulations.problems import RegulationInvalid
from contest.regulations.schema import Regulation
from contest.results import lots
from contest.results.material import Act, Ballot, Member, RoundMaterial, Work
from contest.results.outcome import RoundOutcome, conclude
from contest.results.recount import computing
from contest.results.recount.contents import Assigned, Contents, SealedRound
from contest.results.tally import LeftOut, Sheet
from tests.results.bundles import CONTEST, SEALED_AT

CATEGORIES = ("BAO_IN", "BAO_HINH")
GENRES = ("phong_su", "ky_su")
TOPICS = ("kinh_te", "bien_dao")
CRITERIA = ("dung", "hay", "moi")
TIERS = ("A", "B", "C")
OUTLETS = ("Báo Quảng Ngãi", "Đài Quảng Ngãi", "Báo Đà Nẵng", "")
SLOTS = ("trang_bao", "video")

FRAME: dict[str, Any] = {
    "format": 1,
    "name": "Giải báo chí nhỏ",
    "short_name": "Giải nhỏ",
    "slug": "giai-nho",
    "language": "vi",
    "organiser": ["Hội Nhà báo tỉnh"],
    "standing_office": "Hội Nhà báo tỉnh",
    "contact": "Văn phòng Hội Nhà báo tỉnh",
    "display_decimals": 2,
    "letterhead": {
        "profile": "state",
        "superior": "ỦY BAN NHÂN DÂN TỈNH",
        "issuer": "HỘI NHÀ BÁO",
        "symbol": "QĐ-HNB",
        "place": "Quảng Ngãi",
        "signer_title": "CHỦ TỊCH",
        "signer_name": "Võ Thị Kim Khánh",
    },
    "calendar": {
        "launched_on": date(2025, 1, 1),
        "publication": {"first": date(2025, 1, 1), "last": date(2025, 7, 31)},
        "receipt": {"opens": date(2025, 8, 1), "closes": date(2025, 8, 15)},
        "screening": {"first": date(2025, 8, 16), "last": date(2025, 8, 20)},
        "decision_on": date(2025, 10, 6),
        "ceremony_on": date(2025, 10, 15),
    },
    "limits": {"works_per_author": 5, "max_instalments": 3, "window_share": "1"},
    "prior_awards": {"mode": "declare", "levels": [{"code": "tinh", "name": "Giải cấp tỉnh"}]},
    "entrants": {"staff_may_enter": False, "jurors_may_enter": False},
    "genres": [{"code": code, "name": code} for code in GENRES],
    "topics": [{"code": code, "name": code} for code in TOPICS],
    "categories": [
        {
            "code": code,
            "prefix": prefix,
            "shown_prefix": prefix,
            "name": code,
            "medium": "print",
            "genres": list(GENRES),
            "max_authors": 3,
            "roles": ["Tác giả"],
            "slots": [
                {
                    "code": slot,
                    "name": slot,
                    "kinds": ["pdf"],
                    "required": slot == SLOTS[0],
                    "max_megabytes": 20,
                    "juror_may_see": True,
                }
                for slot in SLOTS
            ],
        }
        for code, prefix in zip(CATEGORIES, ("BI", "BH"), strict=True)
    ],
    "statements": [
        {"code": "du_lieu", "kind": "consent", "version": 1, "required": True, "text": "Tôi đồng ý xử lý dữ liệu."}
    ],
    "certificate": {
        "title": "GIẤY CHỨNG NHẬN",
        "lead": "Tặng",
        "wording": "{name}",
        "individual_copies": False,
        "register_format": "{number}/GCN",
    },
}
ENTERING = [
    {
        "text": "Tác phẩm đăng lần đầu từ {publication_first} đến hết {publication_last}.",
        "rules": ["publication_window", "licensed_outlet", "true_story"],
    },
    {"text": "{excluded}. {prior_awards}.", "rules": ["excluded_entrants", "prior_awards"]},
    {
        "text": "Số lượng, số kỳ và độ dài theo bảng.",
        "table": "limits",
        "rules": ["window_share", "max_instalments", "max_authors", "works_per_author", "length", "one_category"],
    },
    {"text": "Hồ sơ nhận đến {receipt_closes}.", "table": "dossier", "rules": ["dossier", "receipt"]},
    {"text": "Người gửi xác nhận:", "table": "statements", "rules": ["statements"]},
]
AWARDING = [
    {"text": "Phiếu chấm như sau.", "table": "criteria"},
    {"text": "Cách chấm như sau.", "table": "judging"},
    {"text": "{awarding}. {one_prize}. {totals}.", "table": "prizes"},
    {"text": "Sau khi chấm:", "table": "gates"},
]


# Regulations ----------------------------------------------------------------------------------------------------------


def toml(value: Any) -> str:
    """Write a value on one line of TOML."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
    if isinstance(value, list):
        return "[" + ", ".join(map(toml, value)) + "]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{name} = {toml(each)}" for name, each in value.items()) + "}"
    return str(value)


def written(document: dict[str, Any]) -> str:
    """Write a document, a key a line."""
    return "".join(f"{name} = {toml(value)}\n" for name, value in document.items())


HEAD = written(FRAME)


def maybe(chance: Random, share: float, **setting: Any) -> dict[str, Any]:
    """Give a setting sometimes."""
    return setting if chance.random() < share else {}


def some(chance: Random, values: Iterable[str]) -> list[str]:
    """Give a few of the values, often none."""
    values = list(values)
    return chance.sample(values, chance.choice((0, 0, 1, 1, len(values))))


class Drawing:
    """A random regulation in the making."""

    def __init__(self, chance: Random, like: Drawing | None = None) -> None:
        """Draw a regulation.

        :param like: an earlier version, which the new one amends: it keeps the tiers, the rounds and which are voted
        """
        self.chance = chance
        self.scale = like.scale if like else chance.choice((4, 10, 12, 100))
        self.voted = like.voted if like else [chance.random() < 0.12 for _ in range(chance.choice((1, 1, 2, 3)))]
        self.tiers: tuple[str, ...] = like.tiers if like else TIERS[: chance.choice((1, 2, 3, 3))]
        self.scope = chance.choice(("category", "category", "pooled", "groups"))
        self.groups = self._groups() if self.scope == "groups" else []
        self.rubrics = self._rubrics()

    def document(self) -> str:
        """Write the regulation."""
        chance = self.chance
        names = ("vong_mot", "vong_hai", "vong_ba")
        last = len(self.voted) - 1
        rounds = [self._round(names[at], at, voted=voted, last=at == last) for at, voted in enumerate(self.voted)]
        prizes, awarding = self._tiers(rounds[-1])
        table: dict[str, Any] = {
            "rubrics": self.rubrics,
            "rounds": rounds,
            "prizes": prizes,
            "awarding": awarding,
            "base_salary": {
                "on": date(2025, 10, 6),
                "amounts": [
                    {"since": date(2023, 7, 1), "amount": 1_800_000},
                    {"since": date(2024, 7, 1), "amount": 2_340_000},
                    {"since": date(2026, 7, 1), "amount": 2_500_000},
                ],
            },
        }
        table |= maybe(
            chance, 0.5, special_prizes=[self._special(code) for code in ("DB", "DC")[: chance.choice((1, 2))]]
        )
        table |= maybe(
            chance, 0.5, thematic_prizes=[self._thematic(code) for code in ("CD", "CE")[: chance.choice((1, 2))]]
        )
        table |= maybe(chance, 0.4, collective_prizes=[self._collective()])
        clauses = [clause for clause in AWARDING if clause.get("table") != "criteria" or not all(self.voted)]
        table["chapters"] = [
            {
                "title": "Quy định",
                "articles": [{"title": "Dự thi", "clauses": ENTERING}, {"title": "Chấm", "clauses": clauses}],
            }
        ]
        if all(self.voted):
            del table["rubrics"]
        return HEAD + written(table)

    def _groups(self) -> list[dict[str, Any]]:
        chance = self.chance
        choices = [
            {name: few for name, few in lists.items() if few}
            for lists in (
                {
                    "categories": some(chance, CATEGORIES),
                    "genres": some(chance, GENRES),
                    "topics": some(chance, TOPICS),
                }
                for _ in range(chance.choice((1, 2, 3)))
            )
        ]
        return [{"code": f"nhom_{at}", "name": f"Nhóm {at}"} | lists for at, lists in enumerate(choices)]

    def _rubrics(self) -> list[dict[str, Any]]:
        rubrics = []
        for code in ("mot", "hai"):
            number = self.chance.choice((1, 2, 2, 3))
            criteria = []
            left = Fraction(self.scale)
            for at, criterion in enumerate(CRITERIA[:number]):
                part = left if at == number - 1 else Fraction(self.scale, 4)
                weight = self.chance.choice((Fraction(1), Fraction(1), Fraction(2), Fraction(1, 2), Fraction(3, 2)))
                if (part / weight * 4).denominator != 1:
                    weight = Fraction(1)
                maximum = part / weight
                step = self.chance.choice([s for s in (Fraction(1, 4), Fraction(1, 2), Fraction(1)) if not maximum % s])
                criteria.append(
                    {"code": criterion, "name": criterion, "maximum": points(maximum), "step": points(step)}
                    | ({"weight": factor(weight)} if weight != 1 else {})
                )
                left -= part
            rubrics.append({"code": code, "name": code, "criteria": criteria})
        return rubrics

    def _round(self, code: str, at: int, *, voted: bool, last: bool) -> dict[str, Any]:
        chance = self.chance
        panel_size = chance.choice((2, 3, 5, 6))
        round_: dict[str, Any] = {
            "code": code,
            "name": code,
            "opens": date(2025, 8, 21 + 3 * at),
            "closes": date(2025, 8, 22 + 3 * at),
            "panel_size": panel_size,
            "blind": False,
        }
        round_ |= maybe(chance, 0.5, panels=self._panels())
        if voted:
            self._voting(round_, last=last)
        else:
            self._scoring(round_, panel_size)
        if not last:
            round_["advancement"] = self._advancement(voted=voted)
        return round_

    def _panels(self) -> Any:
        return self.chance.choice(
            (
                "category",
                "council",
                [{"code": "mot", "name": "Một", "categories": [CATEGORIES[0]]}, {"code": "hai", "name": "Hai"}],
                [
                    {"code": "nho", "name": "Nhỏ", "categories": [CATEGORIES[1]], "genres": [GENRES[0]]},
                    {"code": "lon", "name": "Lớn"},
                ],
            )
        )

    def _voting(self, round_: dict[str, Any], *, last: bool) -> None:
        kinds = ("yes_no", "approval", "ranking", "tier") if last else ("yes_no", "approval", "ranking")
        round_["vote"] = self._vote(self.chance.choice(kinds))
        last_word = [self.chance.choice(("vote", "lot", "act"))]
        round_["tie_breaks"] = [*(["earlier_receipt"] * self.chance.choice((0, 1))), *last_word]

    def _vote(self, kind: str) -> dict[str, Any]:
        chance = self.chance
        vote: dict[str, Any] = {"kind": kind}
        vote |= maybe(chance, 0.5, quorum=chance.choice(("1/4", "2/3", "1")))
        vote |= maybe(chance, 0.6, secret=False)
        if kind == "approval":
            vote["most"] = chance.choice((1, 2, 3))
        if kind != "ranking":
            majority = chance.choice(("present", "members", "two_thirds"))
            vote |= maybe(chance, 0.6, majority=majority)
            vote |= maybe(chance, 0.5, ballots=chance.choice((1, 2, 3)))
            if vote.get("majority") != "two_thirds":
                vote |= maybe(chance, 0.5, casting_vote=True)
        return vote

    def _scoring(self, round_: dict[str, Any], panel_size: int) -> None:
        chance = self.chance
        jurors = chance.randint(1, panel_size)
        rubrics = [chance.choice(("mot", "hai")) for _ in CATEGORIES]
        round_ |= {
            "jurors_per_entry": jurors,
            "minimum_sheets": chance.randint(1, jurors),
            "scale": self.scale,
            "rubrics": dict(zip(CATEGORIES, rubrics, strict=True)),
        }
        kinds = ("mean", "mean", "median", "sum") + (("trimmed",) * 4 if jurors > 2 else ())
        kind = chance.choice(kinds)
        aggregation: dict[str, Any] = {"kind": kind} | maybe(chance, 0.5, of=chance.choice(("total", "criterion")))
        if kind == "sum":
            round_["minimum_sheets"] = jurors
        if kind == "trimmed":
            least = chance.randint(3, jurors)
            aggregation |= {"when_at_least": least} if least != 5 or chance.random() < 0.5 else {}
            aggregation |= maybe(chance, 0.7, drop=chance.choice((1, 2) if least > 4 else (1,)))
        round_ |= {"aggregation": aggregation} if kind != "mean" or chance.random() < 0.2 else {}
        if jurors > 1:
            limit = points(Fraction(chance.randint(1, 6) * self.scale, 16))
            whole = {"limit": limit} | maybe(chance, 0.8, measure=chance.choice(("range", "distance")))
            allowed = ["flag", "hold"] + (
                ["third_replaces", "third_joins"] * 2 if jurors < panel_size and kind != "sum" else []
            )
            whole |= maybe(chance, 0.8, consequence=chance.choice(allowed))
            round_ |= maybe(chance, 0.6, discrepancy=chance.choice((limit, whole, whole, whole)))
        sheets = [{criterion["code"] for criterion in self._rubric(code)["criteria"]} for code in rubrics]
        shared = sorted(set.intersection(*sheets))
        breaks = [*(f"criterion:{code}" for code in shared), "highest_sheet", "earlier_receipt", "chair_sheet"]
        few = chance.sample(breaks, chance.choice((0, 1, 2, 2, 3)) if len(breaks) > 3 else 1)
        round_ |= maybe(chance, 0.85, tie_breaks=[*few, chance.choice(("vote", "lot", "act"))])
        bonuses = [self._bonus(code) for code in ("clip", "vung_xa")[: chance.choice((1, 2))]]
        bonuses = [bonus for bonus in bonuses if {"genres", "slots", "by_act"} & set(bonus)]
        round_ |= maybe(chance, 0.4, bonus=bonuses) if bonuses else {}

    def _bonus(self, code: str) -> dict[str, Any]:
        chance = self.chance
        bonus: dict[str, Any] = {"code": code, "name": code, "points": points(Fraction(chance.choice((1, 2, 4)), 4))}
        lists = {"categories": some(chance, CATEGORIES), "genres": some(chance, GENRES)}
        bonus |= {name: few for name, few in lists.items() if few}
        return (
            bonus | maybe(chance, 0.4, slots=chance.choice((["video"], list(SLOTS)))) | maybe(chance, 0.5, by_act=True)
        )

    def _rubric(self, code: str) -> dict[str, Any]:
        return next(rubric for rubric in self.rubrics if rubric["code"] == code)

    def _advancement(self, *, voted: bool) -> dict[str, Any]:
        chance = self.chance
        terms = self._terms(chance.choice((1, 1, 2, 3)), voted=voted)
        advancement = {"kind": next(iter(terms)) if len(terms) == 1 else "combination"} | terms
        if len(terms) > 1:
            advancement |= maybe(chance, 0.5, join=chance.choice(("any", "all")))
        own = self._terms(chance.choice((1, 2)), voted=voted)
        if len(own) > 1:
            own |= maybe(chance, 0.5, join=chance.choice(("any", "all")))
        return advancement | maybe(chance, 0.3, categories={chance.choice(CATEGORIES): own})

    def _terms(self, number: int, *, voted: bool) -> dict[str, Any]:
        chance = self.chance
        terms = {
            "share": chance.choice(("1/3", "1/2", "2/3", "1")),
            "top": chance.choice((1, 2, 3)),
            "flagged": True,
            "floor": points(Fraction(chance.randint(1, 3) * self.scale, 4)),
        }
        if voted:
            del terms["floor"]
        return dict(chance.sample(sorted(terms.items()), number))

    def _tiers(self, last: dict[str, Any]) -> tuple[list[dict[str, Any]], dict[str, Any]]:
        chance = self.chance
        vote = last.get("vote")
        method = "vote" if vote else chance.choice(("quota", "quota", "bands"))
        codes = self.tiers
        groups = [group["code"] for group in self.groups] or (["toan_giai"] if self.scope == "pooled" else CATEGORIES)
        floors = sorted(chance.sample(range(8), len(codes)), reverse=True)
        moneys = sorted((chance.randint(1, 9) for _ in codes), reverse=True)
        multiples = chance.random() < 0.3
        prizes = []
        for code, floor, money in zip(codes, floors, moneys, strict=True):
            tier: dict[str, Any] = {"code": code, "name": f"Giải {code}"}
            bounded = chance.random() < 0.85 or (vote and vote["kind"] == "ranking")
            tier |= {"quota": chance.choice((1, 1, 2, 3))} if bounded else {}
            tier |= maybe(chance, 0.3, quotas={chance.choice(groups): chance.choice((0, 1, 2))})
            if bounded:
                tier |= maybe(chance, 0.2, exact=True)
            if not vote and (method == "bands" or chance.random() < 0.7):
                tier["floor"] = points(Fraction(floor * self.scale, 8))
            tier["money"] = {"multiple": chance.choice((money, f"{2 * money - 1}/2"))} if multiples else money * 500_000
            if not multiples:
                tier |= maybe(chance, 0.1, money={"in_kind": "Máy ảnh", "worth": 5_000_000})
            prizes.append(tier)
        awarding: dict[str, Any] = {"scope": self.scope, "method": method, "one_prize": chance.random() < 0.6}
        if self.groups:
            awarding["groups"] = self.groups
        return prizes, awarding

    def _extra(self, code: str, ways: tuple[str, ...]) -> dict[str, Any]:
        chance = self.chance
        prize: dict[str, Any] = {
            "code": code,
            "name": code,
            "by": chance.choice(ways),
            "money": chance.choice((1, 2)) * 10**6,
        }
        if prize["by"] == "vote":
            prize["vote"] = self._vote(chance.choice(("yes_no", "approval", "ranking")))
        return prize | maybe(chance, 0.5, quota=chance.choice((1, 2, 3)))

    def _special(self, code: str) -> dict[str, Any]:
        ways = ("vote", "act") if self.voted[-1] else ("mean", "mean", "vote", "act")
        prize = self._extra(code, ways) | {"from_tiers": ["A"]}
        return prize | self._floor() | maybe(self.chance, 0.5, replaces=False)

    def _thematic(self, code: str) -> dict[str, Any]:
        ways = ("vote", "act") if self.voted[-1] else ("mean", "mean", "vote", "act")
        lists = {
            "categories": some(self.chance, CATEGORIES),
            "genres": some(self.chance, GENRES),
            "topics": some(self.chance, TOPICS),
        }
        return self._extra(code, ways) | self._floor() | {name: few for name, few in lists.items() if few}

    def _floor(self) -> dict[str, Any]:
        if self.voted[-1]:
            return {}
        return maybe(self.chance, 0.5, floor=points(Fraction(self.chance.randint(1, 6) * self.scale, 8)))

    def _collective(self) -> dict[str, Any]:
        prize = self._extra("TT", ("formula", "formula", "vote", "act"))
        if prize["by"] == "formula":
            prize |= {"points_per_prize": {"A": self.chance.choice((1, "5/2"))}}
            prize |= maybe(self.chance, 0.5, points_per_work=self.chance.choice((1, "1/2")))
        return prize | maybe(self.chance, 0.4, minimum_works=self.chance.choice((2, 3)))


def points(value: Fraction) -> Decimal:
    """Write points as the decimal that the regulation has."""
    return (Decimal(value.numerator) / Decimal(value.denominator)).quantize(Decimal("0.01")).normalize() + Decimal(0)


def factor(value: Fraction) -> int | str:
    """Write a factor as the regulation has it."""
    return value.numerator if value.denominator == 1 else str(value)


def regulations(chance: Random) -> tuple[str, str]:
    """Draw what rules at the openings and what rules at the sealings, often the same."""
    while True:
        drawing = Drawing(chance)
        try:
            opening = drawing.document()
            schema.parse(opening)
            break
        except RegulationInvalid:
            continue
    for _attempt in range(6 if chance.random() < 0.3 else 0):
        try:
            ruling = Drawing(chance, drawing).document()
            schema.parse(ruling)
        except RegulationInvalid:
            continue
        return opening, ruling
    return opening, opening


# Contests -------------------------------------------------------------------------------------------------------------


def small_contest(chance: Random, opening: str, ruling: str) -> Contents:
    """Judge a contest under two versions of its regulation, and record what people decide where works are equal."""
    opened, ruled = schema.parse(opening), schema.parse(ruling)
    works = [_work(chance, number) for number in range(1, chance.choice((1, 3, 5, 7, 9)) + 1)]
    rounds = []
    for rule in ruled.rounds:
        material = _material(chance, opened, ruled, rule.code, works)
        material = _decided(chance, material)
        assignments = tuple(
            Assigned(entry, juror, "hoi_dong", False, False)
            for entry, sheets in material.sheets.items()
            for juror in {sheet.juror for sheet in sheets}
        )
        rounds.append(
            SealedRound(
                material,
                schema.fingerprint(opening),
                schema.fingerprint(ruling),
                SEALED_AT,
                superseded={
                    entry: tuple(replace(sheet, revision=1, left_out=None) for sheet in sheets if sheet.revision > 1)
                    for entry, sheets in material.sheets.items()
                },
                assignments=assignments,
            )
        )
    documents = [computing.compute_round(CONTEST, each) for each in rounds]
    return Contents(
        contest=CONTEST,
        texts={schema.fingerprint(text): text for text in (opening, ruling)},
        rounds=tuple(rounds),
        result={"format": 1, "contest": CONTEST, "rounds": documents},
    )


def _work(chance: Random, number: int) -> Work:
    category = chance.choice(CATEGORIES)
    received = chance.choice(("", *(f"2025-08-10T0{hour}:00:00.000000+00:00" for hour in range(1, 4))))
    return Work(
        f"{'BI' if category == CATEGORIES[0] else 'BH'}-{number:04}",
        category,
        chance.choice(GENRES),
        chance.choice(TOPICS),
        chance.choice(OUTLETS),
        received,
        frozenset(chance.sample(SLOTS, chance.choice((0, 1, 1, 2)))),
        out=chance.choice(("",) * 12 + ("rejected", "withdrawn")),
    )


def _material(chance: Random, opened: Regulation, ruled: Regulation, code: str, works: list[Work]) -> RoundMaterial:
    rule = opened.round(code)
    members = [
        Member(f"{panel.code}-{number}" if chance.random() < 0.9 else "chung-0", panel.code, number == 0)
        for panel in opened.panels_of(rule)
        for number in range(rule.panel_size)
    ]
    members = list({(member.juror, member.panel): member for member in members}.values())
    kept = [work for work in works if chance.random() < 0.95] or works
    material = RoundMaterial(
        code,
        opened,
        ruled,
        tuple(kept),
        members=tuple(members),
        accepted_works=tuple(work for work in works if not work.out) if ruled.rounds[-1].code == code else (),
    )
    ballots: list[Ballot] = []
    if rule.vote is None:
        material = replace(material, sheets=_piles(chance, material))
    else:
        questions = [""]
        if material.is_last and rule.vote.kind in ("yes_no", "approval"):
            questions = [tier.code for tier in ruled.prizes]
        ballots = [ballot for question in questions for ballot in _ballots(chance, material, question, rule.vote)]
    if material.is_last:
        for prize in (*ruled.special_prizes, *ruled.thematic_prizes, *ruled.collective_prizes):
            if prize.vote is not None and chance.random() < 0.9:
                ballots += _ballots(chance, material, prize.code, prize.vote)
    return replace(material, ballots=tuple(ballots))


def _piles(chance: Random, material: RoundMaterial) -> dict[str, tuple[Sheet, ...]]:
    """Sheets of every work; a third of the works have the marks of another one, each from some other juror."""
    piles: dict[str, tuple[Sheet, ...]] = {}
    alike: dict[str, list[str]] = {}
    for work in material.works:
        others = alike.setdefault(work.category, [])
        if others and chance.random() < 0.35:
            pile = list(piles[chance.choice(others)])
            marks = chance.sample([sheet.marks for sheet in pile], len(pile))
            piles[work.entry] = tuple(replace(sheet, marks=given) for sheet, given in zip(pile, marks, strict=True))
        else:
            piles[work.entry] = tuple(_sheets(chance, material, work))
        others.append(work.entry)
    return piles


def _sheets(chance: Random, material: RoundMaterial, work: Work) -> list[Sheet]:
    """Sheets with few different marks; some missing, stepped back, of another rubric, or of a third juror."""
    rubric = material.rule.rubrics[work.category]
    number = material.rule.jurors_per_entry or 0
    sheets = []
    low = chance.choice((0, 1, 2))
    for at in range(number + chance.choice((0, 0, 0, 1, 2))):
        if chance.random() < 0.08:
            continue
        marks = {}
        for criterion in rubric:
            steps = criterion.maximum // criterion.step
            marks[criterion.code] = min(steps, max(0, steps * chance.choice((low, low, 3, 4)) // 4)) * criterion.step
        if chance.random() < 0.03:
            marks.pop(chance.choice(sorted(marks))) if len(marks) > 1 else marks.update(la=100)
        sheets.append(
            Sheet(
                f"giam-khao-{(at * 7) % 10}",
                marks,
                chair=at == 0 and chance.random() < 0.8,
                third=at >= number,
                revision=chance.choice((1, 1, 2, 11)),
                left_out=LeftOut.RECUSED if chance.random() < 0.05 else None,
            )
        )
    return sheets


def _ballots(chance: Random, material: RoundMaterial, question: str, rule: Any) -> list[Ballot]:
    """Papers of a question: of members, pseudonyms and strangers, some twice, some empty."""
    subjects = [work.entry for work in material.works if not work.out]
    if question == "TT":
        subjects = sorted({work.outlet for work in material.works if work.outlet})
    tiers = [tier.code for tier in material.ruling.prizes]
    papers: dict[tuple[int, str, str], Ballot] = {}
    for ballot in range(1, chance.choice((1, 1, 2, 3)) + 1):
        for at, member in enumerate(material.members):
            if chance.random() < 0.15:
                continue
            voter = member.juror
            if rule.secret and not (member.chair and rule.casting_vote):
                voter = f"an-danh-{question}-{ballot}-{at}"
            elif chance.random() < 0.04:
                voter = "nguoi-la"
            panel = member.panel if chance.random() < 0.5 and not (question and question not in tiers) else ""
            named = [subject for subject in subjects if chance.random() < 0.8]
            if rule.kind == "approval":
                choice = dict.fromkeys(chance.sample(named, min(len(named), chance.choice((0, 1, 2, 3)))), "yes")
            elif rule.kind == "ranking":
                chance.shuffle(named)
                ties = chance.choice((1, 1, 2))
                choice = {subject: str(number // ties + 1) for number, subject in enumerate(named)}
            elif rule.kind == "tier":
                choice = {subject: chance.choice(tiers) for subject in named}
            else:
                choice = {subject: chance.choice(("yes", "yes", "yes", "no")) for subject in named}
            papers[ballot, panel, voter] = Ballot(ballot, question, voter, choice, panel)
            if chance.random() < 0.05:
                other = "" if panel else member.panel
                papers[ballot, other, voter] = Ballot(ballot, question, voter, choice, other)
    return list(papers.values())


# Acts -----------------------------------------------------------------------------------------------------------------


def _decided(chance: Random, material: RoundMaterial) -> RoundMaterial:
    """Record acts of every kind, then settle what is equal, most of the time."""
    entries = [work.entry for work in material.works]
    acts: list[tuple[str, str, dict[str, Any]]] = []

    def few() -> list[str]:
        return chance.sample(entries, chance.randint(0, min(3, len(entries))))

    for subject in ("mot", "mot", "hai"):
        if chance.random() < 0.5:
            acts.append(("flagged", subject, {"entries": few()}))
        for bonus in material.ruled.bonus:
            if chance.random() < 0.5:
                acts.append(("bonus_given", subject, {"bonus": bonus.code, "entries": few()}))
    acts += _remarks(chance, material)
    ruling = material.ruling
    if material.is_last:
        for prize in (*ruling.special_prizes, *ruling.thematic_prizes, *ruling.collective_prizes):
            subjects = entries
            if prize.code == "TT":
                subjects = sorted({work.outlet for work in material.works if work.outlet})
            for _again in range(chance.choice((0, 1, 1, 2)) if prize.by == "act" else 0):
                named = chance.sample(subjects, min(len(subjects), chance.choice((0, 1, 2, 4, 9))))
                acts.append(("prize_chosen", f"prize:{prize.code}", {"prize": prize.code, "subjects": named}))
    questions = sorted({ballot.question for ballot in material.ballots})
    for question in questions:
        for _again in range(chance.choice((0, 0, 1, 2))):
            present = sorted({member.juror for member in material.members if chance.random() < 0.8})
            choice: dict[str, Any] = {"ballot": chance.choice((1, 1, 2)), "present": present}
            if chance.random() < 0.7 and question:
                choice["question"] = question
            if chance.random() < 0.2 and material.members:
                choice["panel"] = chance.choice(material.members).panel
            acts.append(("sitting", "", choice))
    chance.shuffle(acts)
    material = _with(material, acts)
    for _again in range(chance.choice((0, 2, 4, 4, 8))):
        orders = [*_orders(chance, conclude(material))]
        if not orders:
            break
        acts += orders
        material = _with(material, acts)
    return material


def _remarks(chance: Random, material: RoundMaterial) -> Iterable[tuple[str, str, dict[str, Any]]]:
    """Works that some of their jurors marked after the sealing; sometimes the order was given anew or taken back."""
    for entry, sheets in material.sheets.items():
        jurors = sorted({sheet.juror for sheet in sheets})
        for _again in range(chance.choice((0, 0, 0, 0, 1, 1, 2))):
            named = chance.sample(jurors, min(len(jurors), chance.choice((0, 1, 2, 2))))
            choice = {"entry": entry, "jurors": sorted(named), "counts": chance.choice(("replace", "join"))}
            yield "remark_ordered", f"entry:{entry}", choice


def _with(material: RoundMaterial, acts: list[tuple[str, str, dict[str, Any]]]) -> RoundMaterial:
    return replace(material, acts=tuple(Act(number, *act) for number, act in enumerate(acts, 1)))


def _orders(chance: Random, outcome: RoundOutcome) -> Iterable[tuple[str, str, dict[str, Any]]]:
    """Orders of what is equal; now and then of other works, or of some of them only."""
    found: list[tuple[str, list[str]]] = []
    for group in outcome.groups:
        for place in group.places:
            if place.tied_with and place.entry < min(place.tied_with) and chance.random() < 0.4:
                found.append(("", [place.entry, *place.tied_with]))
        if group.prizes is not None:
            found += [("", list(question.entries)) for question in group.prizes.questions]
    found += [
        (f"prize:{prize.code}", list(prize.question.entries))
        for prize in outcome.extra_prizes
        if prize.question is not None
    ]
    for subject, equals in found:
        order = sorted(equals)
        chance.shuffle(order)
        if chance.random() < 0.1 and len(order) > 2:
            order.pop()
        method = chance.choice(("act", "act", "vote", "lot"))
        choice: dict[str, Any] = {"order": order, "method": method}
        if method == "lot" and not subject:
            seed = f"{chance.randrange(10**9):032x}"
            choice |= {"seed": seed, "order": lots.draw(order, seed)}
        yield "tie_settled", subject or "hoi_dong", choice
