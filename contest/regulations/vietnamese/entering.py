"""What may be entered, by whom and how much of it, in words."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from contest.regulations.vietnamese.names import of_genres
from contest.regulations.vietnamese.words import grouped, listed, lowered, padded, share

if TYPE_CHECKING:
    from contest.regulations.entering import Category, Entrants, Limits
    from contest.regulations.schema import Regulation

SENDERS = {"author": "tác giả", "outlet": "cơ quan báo chí", "branch": "chi hội nhà báo"}
WRITTEN, SPOKEN = ("print", "online"), ("radio", "tv")
ASKED = {
    "title": "tên kỳ",
    "url": "đường dẫn",
    "issue": "số báo",
    "page": "trang",
    "channel": "kênh",
    "hour": "giờ phát",
    "minutes": "thời lượng",
    "words": "số chữ",
}
BY_MEDIUM = {
    "print": ("issue", "page"),
    "online": ("url",),
    "radio": ("channel", "hour", "minutes"),
    "tv": ("channel", "hour", "minutes"),
}


def works_of_an_author(limits: Limits, regulation: Regulation) -> str:
    """Say how many works an author may enter: "không quá 05 tác phẩm dự thi"."""
    said = [_at_most(limits.works_per_author, "tác phẩm dự thi")]
    said += [
        f"trong vai trò {listed(map(lowered, limit.roles), 'hoặc')} thì tính riêng, {_at_most(limit.works, 'tác phẩm')}"
        for limit in limits.by_role
    ]
    said += [
        f"được thêm {padded(bonus.works)} tác phẩm khi trong số đó có tác phẩm {of_genres(bonus.genres, regulation)}"
        for bonus in limits.bonus
    ]
    return "; ".join(said)


def works_of_a_unit(entrants: Entrants) -> str:
    """Say how many works a newsroom or branch may send."""
    by_works: dict[int, list[str]] = {}
    for quota in entrants.unit_quotas:
        by_works.setdefault(quota.works, []).append(quota.unit)
    said = ["không giới hạn" if entrants.works_per_unit is None else _at_most(entrants.works_per_unit, "tác phẩm")]
    said += [f"riêng {listed(units)} {_at_most(works, 'tác phẩm')}" for works, units in by_works.items()]
    return "; ".join(said)


def _at_most(count: int | None, what: str) -> str:
    return f"không giới hạn số {what}" if count is None else f"không quá {padded(count)} {what}"


def sent_by(entrants: Entrants) -> str:
    """Say through whom works are sent: "tác giả, cơ quan báo chí hoặc chi hội nhà báo"."""
    return listed((SENDERS[sender] for sender in SENDERS if sender in entrants.through), "hoặc")


def who_may_not(entrants: Entrants) -> str:
    """Say which people of the contest may enter, and what they then leave to others."""
    outside = {
        (False, False): "thành viên Ban Tổ chức, Hội đồng giám khảo và Ban Thư ký không được dự thi",
        (False, True): "thành viên Ban Tổ chức và Ban Thư ký không được dự thi",
        (True, False): "thành viên Hội đồng giám khảo không được dự thi",
        (True, True): "thành viên Ban Tổ chức, Hội đồng giám khảo và Ban Thư ký được dự thi",
    }[entrants.staff_may_enter, entrants.jurors_may_enter]
    if not entrants.jurors_may_enter:
        return outside
    left = {
        "category": "loại hình mà mình dự thi",
        "contest": "bất kỳ tác phẩm nào của Cuộc thi",
    }[entrants.jurors_do_not_judge]
    return f"{outside}; giám khảo có tác phẩm dự thi thì không chấm {left}"


def instalments(regulation: Regulation) -> str:
    """Say how many instalments a work may have: "không quá 05 kỳ; riêng phát thanh không quá 03 kỳ"."""
    limits = regulation.limits
    return _with_exceptions(
        regulation.categories,
        lambda category: category.max_instalments or limits.max_instalments,
        limits.max_instalments,
        lambda count: f"không quá {padded(count)} kỳ",
    )


def _with_exceptions(
    categories: tuple[Category, ...], of: Callable[[Category], int], usual: int, say: Callable[[int], str]
) -> str:
    others: dict[int, list[str]] = {}
    for category in categories:
        if of(category) != usual:
            others.setdefault(of(category), []).append(lowered(category.name))
    return "; ".join([say(usual), *(f"riêng {listed(names)} {say(count)}" for count, names in others.items())])


def instalments_inside(limits: Limits) -> str:
    """Say how many instalments lie inside the window: "ít nhất hai phần ba số kỳ"."""
    return "toàn bộ số kỳ" if limits.window_share == 1 else f"ít nhất {share(limits.window_share)} số kỳ"


def earlier_instalments(limits: Limits) -> str:
    """Say what becomes of instalments before the window."""
    if limits.earlier_instalments == "merge":
        return (
            "các kỳ đăng, phát trước thời gian này, nếu chưa từng dự thi ở đâu, được gửi kèm"
            " và không tính vào tỷ lệ nêu trên"
        )
    return "các kỳ đăng, phát trước thời gian này vẫn được tính vào tổng số kỳ khi xét tỷ lệ nêu trên"


def same_topic(limits: Limits) -> str:
    """Say whether an author may enter one topic in two categories."""
    return {
        "ignore": "một tác giả được gửi tác phẩm cùng lĩnh vực ở nhiều loại hình",
        "warn": "tác phẩm cùng lĩnh vực của một tác giả ở hai loại hình được Ban Thư ký xem xét khi kiểm tra hồ sơ",
        "refuse": "một tác giả không gửi tác phẩm cùng lĩnh vực ở hai loại hình",
    }[limits.same_topic]


def same_text(limits: Limits) -> str:
    """Say what becomes of the same file or address in two entries."""
    return {
        "warn": "tác phẩm trùng tệp hoặc trùng đường dẫn với tác phẩm khác được Ban Thư ký xem xét",
        "refuse": "không nhận tác phẩm trùng tệp hoặc trùng đường dẫn với tác phẩm đã gửi",
    }[limits.same_text]


def lengths(regulation: Regulation) -> str:
    """Say how long an instalment should be: words for what is read, minutes for what is heard and seen."""
    limits = regulation.limits
    said = [
        *_lengths(
            regulation.categories,
            WRITTEN,
            lambda category: category.max_words_per_instalment or limits.max_words_per_instalment,
            "chữ",
        ),
        *_lengths(
            regulation.categories,
            SPOKEN,
            lambda category: category.max_minutes_per_instalment or limits.max_minutes_per_instalment,
            "phút",
        ),
    ]
    longer = "tác phẩm dài hơn vẫn được nhận, Hội đồng giám khảo xem xét khi chấm"
    return f"mỗi kỳ {'; '.join(said)}; {longer}" if said else "không giới hạn"


def _lengths(
    categories: tuple[Category, ...], media: tuple[str, ...], of: Callable[[Category], int | None], unit: str
) -> list[str]:
    by_length: dict[int, list[str]] = {}
    for category in categories:
        length = of(category)
        if category.medium in media and length is not None:
            by_length.setdefault(length, []).append(lowered(category.name))
    return [f"không quá {grouped(length)} {unit} đối với {', '.join(names)}" for length, names in by_length.items()]


def asked_of_instalments(categories: tuple[Category, ...]) -> str:
    """Say what is told of every instalment besides day and outlet: "báo in ghi số báo, trang; …"."""
    by_fields: dict[tuple[str, ...], list[str]] = {}
    for category in categories:
        asked = category.instalment_fields
        fields: tuple[str, ...] = BY_MEDIUM[category.medium] if asked is None else asked
        if fields:
            by_fields.setdefault(fields, []).append(lowered(category.name))
    said = [
        f"{', '.join(names)} ghi {', '.join(ASKED[field] for field in fields)}" for fields, names in by_fields.items()
    ]
    return "; ".join(said) or "không ghi gì thêm"


def authors(categories: tuple[Category, ...]) -> str:
    """Say how many authors a work may have: "báo in không quá 05 tác giả; …"."""
    limits = list(dict.fromkeys(category.max_authors for category in categories))
    parts = [
        f"{listed(lowered(category.name) for category in categories if category.max_authors == limit)}"
        f" không quá {padded(limit)} tác giả"
        for limit in limits
    ]
    return "; ".join(parts)


def prior_awards(regulation: Regulation) -> str:
    """Say what becomes of a work that already holds an award."""
    rule = regulation.prior_awards
    refused = [lowered(level.name) for level in rule.levels if rule.refuses(level.code)]
    others = [lowered(level.name) for level in rule.levels if not rule.refuses(level.code)]
    declared = "tác giả phải kê khai tên giải, cấp trao, thời gian và đơn vị tổ chức"
    if not refused:
        return f"tác phẩm đã đạt giải ở nơi khác được nhận, nhưng {declared}"
    if not others:
        return f"không nhận tác phẩm đã đạt {'; '.join(refused)}"
    return f"không nhận tác phẩm đã đạt {'; '.join(refused)}; tác phẩm đã đạt giải khác được nhận, nhưng {declared}"
