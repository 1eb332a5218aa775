"""Places and newsrooms of the province, as they were called during the contest."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Newsroom:
    """An outlet under one name, and the media it works in."""

    name: str
    kind: str
    media: tuple[str, ...]
    valid_from: date | None = None
    valid_until: date | None = None
    successor: str | None = None


MERGED = "Báo và Phát thanh, Truyền hình Quảng Ngãi"

NEWSROOMS = (
    Newsroom("Báo Quảng Ngãi", "newspaper", ("print", "online"), None, date(2025, 5, 18), MERGED),
    Newsroom(
        "Đài Phát thanh – Truyền hình Quảng Ngãi", "broadcaster", ("radio", "tv"), None, date(2025, 5, 18), MERGED
    ),
    Newsroom(MERGED, "multimedia", ("print", "online", "radio", "tv"), date(2025, 5, 19)),
    Newsroom("Tạp chí Cẩm Thành", "magazine", ("print",)),
    Newsroom("Báo Nhân Dân", "newspaper", ("print", "online")),
    Newsroom("Báo Quân đội nhân dân", "newspaper", ("print", "online")),
    Newsroom("Thông tấn xã Việt Nam", "agency", ("online", "tv")),
    Newsroom("Báo Thanh Niên", "newspaper", ("print", "online")),
    Newsroom("Báo Tuổi Trẻ", "newspaper", ("print", "online")),
    Newsroom("Báo Tiền Phong", "newspaper", ("print", "online")),
    Newsroom("Trung tâm Truyền hình Việt Nam tại thành phố Đà Nẵng (VTV8)", "broadcaster", ("tv",)),
    Newsroom("Cơ quan thường trú Đài Tiếng nói Việt Nam khu vực miền Trung", "broadcaster", ("radio", "online")),
    Newsroom("Trung tâm Truyền thông – Văn hóa – Thể thao huyện Bình Sơn", "local", ("radio",)),
    Newsroom("Trung tâm Truyền thông – Văn hóa – Thể thao huyện Trà Bồng", "local", ("radio", "tv")),
    Newsroom("Trung tâm Truyền thông – Văn hóa – Thể thao huyện Sơn Hà", "local", ("radio",)),
    Newsroom("Trung tâm Truyền thông – Văn hóa – Thể thao huyện Ba Tơ", "local", ("radio", "tv")),
    Newsroom("Trung tâm Truyền thông – Văn hóa – Thể thao thị xã Đức Phổ", "local", ("radio",)),
)

PLACES = (
    "Tịnh Khê", "An Phú", "Nguyễn Nghiêm", "Khánh Cường", "Bình Minh", "Bình Chương", "Bình Sơn", "Vạn Tường", "Đông Sơn",
    "Trường Giang", "Ba Gia", "Lý Sơn", "Sơn Tây", "Sơn Hà", "Trà Bồng", "Ba Tơ", "Minh Long", "Mộ Đức", "Nghĩa Hành",
    "Tư Nghĩa", "Sơn Tịnh", "Đức Phổ", "Sa Huỳnh", "Trà Câu", "Cẩm Thành", "Nghĩa Lộ", "Trương Quang Trọng", "Ba Xa",
)  # fmt: skip

WRITTEN = {
    "Ba Gia": "xã Tịnh Hiệp, huyện Sơn Tịnh",
    "Vạn Tường": "xã Bình Hải, huyện Bình Sơn",
    "Đông Sơn": "xã Bình Châu, huyện Bình Sơn",
    "Trường Giang": "xã Tịnh Đông, huyện Sơn Tịnh",
    "Sa Huỳnh": "phường Phổ Thạnh, thị xã Đức Phổ",
    "Khánh Cường": "xã Phổ Cường, thị xã Đức Phổ",
    "Sơn Tây": "xã Sơn Dung, huyện Sơn Tây",
    "Nguyễn Nghiêm": "xã Phổ Phong, thị xã Đức Phổ",
    "Ba Tơ": "thị trấn Ba Tơ, huyện Ba Tơ",
    "Trà Câu": "phường Phổ Văn, thị xã Đức Phổ",
    "An Phú": "xã Nghĩa An, thành phố Quảng Ngãi",
    "Sơn Hà": "thị trấn Di Lăng, huyện Sơn Hà",
}
"""How authors write some of these places: by the names that they had when the story happened."""
