"""Signed-in browsers: when they end, and what their owner would call them."""

from __future__ import annotations

from datetime import datetime, timedelta

# In this order: most browsers also name the one they descend from.
_BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("coc_coc", "Cốc Cốc"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrom", "Chrome"),
    ("Safari", "Safari"),
)
_SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
)


def device_name(user_agent: str) -> str:
    """Say which browser and system signed in, as their owner would recognise them: "Chrome, Windows"."""
    found = [next((name for mark, name in marks if mark in user_agent), None) for marks in (_BROWSERS, _SYSTEMS)]
    return ", ".join(name for name in found if name)


def proof_is_fresh(proved_at: datetime, now: datetime, fresh_for: timedelta) -> bool:
    """Say whether a password, passkey or code was given so lately that it need not be asked for again."""
    return now < proved_at + fresh_for


def session_is_over(
    *, created_at: datetime, last_seen_at: datetime, now: datetime, idle: timedelta, absolute: timedelta
) -> bool:
    """Say whether a session has ended by resting too long or by its age."""
    return now >= last_seen_at + idle or now >= created_at + absolute
