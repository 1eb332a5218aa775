"""Settings: typed, from the environment or ``instance/config.py``, none of them secret by default.

Every setting is documented in one table of the README; a test compares the two.
"""

from __future__ import annotations

import os
import runpy
import secrets
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, Literal, Self
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

KEY_FILE = "secret.key"
FROM_ENVIRONMENT = (
    "CONTEST_SIGNATURE_PASSPHRASE",
    "CONTEST_STORAGE_SECRET",
    "CONTEST_BACKUP_PASSPHRASE",
    "CONTEST_OIDC_CLIENT_SECRET",
)
"""What is never written into a file of the instance, which backups take along."""
AT_HOME = frozenset({"localhost", "127.0.0.1", "::1"})


class Settings(BaseSettings):
    """What an operator may set. The environment name is ``CONTEST_`` and the field in capitals."""

    model_config = SettingsConfigDict(env_prefix="CONTEST_", extra="forbid")

    instance: Path = Field(Path("instance"), description="folder of everything that running creates")
    database_url: str = Field("", description="SQLAlchemy address of the rows; empty: contest.sqlite in the instance")
    base_url: str = Field("http://localhost:8000", description="public address, used in mails and printed codes")
    trusted_hosts: str = Field(
        "", description="host names answered, separated by commas; empty: that of base_url and this machine"
    )
    proxies: int = Field(0, ge=0, le=5, description="number of reverse proxies in front whose headers are believed")
    smtp_url: str = Field(
        "", description="smtp://user:password@host:port, smtps:// for TLS; empty: mails stay in the outbox"
    )
    mail_from: str = Field("Ban Tổ chức cuộc thi <cuocthi@localhost.localdomain>", description="sender of all mails")
    secret_key: str = Field(
        "", min_length=0, description="key of signatures; empty: generated into the instance folder"
    )
    session_idle_minutes: int = Field(240, ge=5, description="a session ends after so long without a request")
    session_hours: int = Field(24 * 14, ge=1, description="a session ends after so long in any case")
    second_factor: Literal["", "off", "staff", "staff-and-jurors"] = Field(
        "",
        description="who must prove themselves by a second device: off, staff, staff-and-jurors; empty: "
        "staff-and-jurors, but off in a demo",
    )
    proof_minutes: int = Field(
        15, ge=1, description="an act that only its owner may do asks for the password again after so long"
    )
    oidc_issuer: str = Field(
        "",
        max_length=255,
        description="OpenID Connect provider with whose accounts people of an office may sign in: https://…, as it "
        "names itself; empty: none",
    )
    oidc_client_id: str = Field("", description="name under which that provider knows this system")
    oidc_client_secret: SecretStr = Field(
        SecretStr(""), description="secret that goes with it; from the environment only; empty: the provider gave none"
    )
    oidc_label: str = Field("", description="words on the button; empty: Đăng nhập bằng tài khoản cơ quan")
    oidc_domains: str = Field(
        "", description="domains of the verified e-mail addresses that are let in, separated by commas; empty: any"
    )
    oidc_second_factor: str = Field(
        "",
        description="values of amr or acr, separated by commas, by which the provider says that it has asked for a "
        "second factor, as mfa; empty: ours is asked for all the same",
    )
    max_upload_megabytes: int = Field(2048, ge=1, description="largest file a dossier slot may ask for")
    max_unsent_megabytes: int = Field(
        20_000, ge=1, description="room for the files of all works that one account has begun or withdrawn"
    )
    signature: str = Field(
        "",
        description="what signs certificates: a PKCS#12 file, or pkcs11:token=…;object=…?module-path=…; empty: the "
        "self-signed key of the instance if one was made",
    )
    signature_passphrase: SecretStr = Field(
        SecretStr(""), description="passphrase of that file or PIN of that token; from the environment only"
    )
    timestamp_url: str = Field("", description="RFC 3161 server that vouches for the moment of signing; empty: none")
    timestamp_private: bool = Field(False, description="that server may lie in a private network")
    storage_url: str = Field(
        "",
        description="where files are kept: file:///folder, or s3://host:port/bucket/prefix?region=… (s3+http:// is not "
        "encrypted); empty: files in the instance",
    )
    storage_key: str = Field("", description="access key of that bucket")
    storage_secret: SecretStr = Field(SecretStr(""), description="secret key of that bucket; from the environment only")
    storage_copies_megabytes: int = Field(
        2048, ge=64, description="room on this machine for copies of files that lie in a bucket"
    )
    queue_url: str = Field(
        "", description="redis:// or rediss:// server that wakes workers at once; empty: they look every second"
    )
    clamav_url: str = Field(
        "",
        description="virus scanner that looks at every file that was sent: unix:///run/clamav/clamd.ctl or "
        "tcp://host:3310; empty: none",
    )
    backup_passphrase: SecretStr = Field(
        SecretStr(""), description="passphrase of backups; from the environment only; empty: they are not encrypted"
    )
    backup_folder: str = Field("", description="folder into which the worker puts backups by itself; empty: none")
    backup_hours: int = Field(24, ge=1, le=168, description="hours from one such backup to the next")
    backup_daily: int = Field(7, ge=1, description="days of which the last backup is kept")
    backup_weekly: int = Field(8, ge=0, description="weeks of which the last backup is kept")
    disk_reserve_megabytes: int = Field(
        512, ge=0, description="room on the disk that no file may take: it is left to the rows"
    )
    request_id_header: str = Field(
        "", description="header in which the proxy names each request, as X-Request-ID; empty: we name them"
    )
    metrics_token: SecretStr = Field(
        SecretStr(""),
        description="what a program must show to read /metrics from outside; empty: only private addresses may",
    )
    keep_openings_days: int = Field(730, ge=30, description="days that the log of who opened personal data is kept")
    keep_letters_days: int = Field(730, ge=90, description="days after which the text of a letter is deleted")
    keep_drafts_days: int = Field(
        180, ge=30, description="days after the publication for which drafts that were never sent are kept"
    )
    keep_rejected_days: int = Field(
        365, ge=90, description="days after the publication for which files of rejected and withdrawn works are kept"
    )
    keep_accounts_days: int = Field(
        1095, ge=365, description="days after their last use for which accounts without a work or a role are kept"
    )
    workers: int = Field(2, ge=1, le=64, description="web processes")

    @model_validator(mode="after")
    def _names_a_provider_whole(self) -> Self:
        """Refuse a provider that anybody on the way could speak for, or that knows us under no name."""
        issuer = urlsplit(self.oidc_issuer)
        if self.oidc_issuer and issuer.scheme != "https" and issuer.hostname not in AT_HOME:
            raise ValueError("CONTEST_OIDC_ISSUER must begin with https://")
        if bool(self.oidc_issuer) != bool(self.oidc_client_id):
            raise ValueError("CONTEST_OIDC_ISSUER and CONTEST_OIDC_CLIENT_ID belong together")
        return self


def instance_folder() -> Path:
    """Find the instance folder: ``CONTEST_INSTANCE``, or ``instance`` where the program was started."""
    return Path(os.environ.get("CONTEST_INSTANCE", "instance")).absolute()


def load(**overrides: Any) -> Settings:
    """Read the settings: the environment wins over ``config.py`` in the instance folder, which wins over defaults.

    :raise pydantic.ValidationError: with every wrong setting named
    """
    folder = Path(overrides.pop("instance", None) or instance_folder())
    written: dict[str, Any] = {}
    file = folder / "config.py"
    if file.exists():
        names = runpy.run_path(str(file))
        for name in FROM_ENVIRONMENT:
            if name in names:
                raise ValueError(f"{file}: set {name} in the environment, where no backup takes it along")
        written = {name.removeprefix("CONTEST_").lower(): names[name] for name in names if name.startswith("CONTEST_")}
    from_environment = {name for name in Settings.model_fields if f"CONTEST_{name.upper()}" in os.environ}
    values = {name: value for name, value in written.items() if name not in from_environment}
    return Settings(**{**values, **overrides, "instance": folder})


def secret_key(settings: Settings) -> str:
    """Give the key of all signatures, made on the first start and kept, readable by its owner alone."""
    if settings.secret_key:
        return settings.secret_key
    return kept_secret(settings.instance / KEY_FILE, lambda: secrets.token_hex(32).encode()).decode()


def kept_secret(file: Path, make: Callable[[], bytes]) -> bytes:
    """Read a key file; made on first need, readable by its owner alone.

    Written beside and linked into place: whoever finds the file finds it whole, and of two makers one wins.
    """
    if not file.exists():
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, draft = tempfile.mkstemp(prefix=f"{file.name}.", dir=file.parent)
        with os.fdopen(handle, "wb") as out:
            out.write(make())
            out.flush()
            os.fsync(out.fileno())
        try:
            os.link(draft, file)
        except FileExistsError:
            pass  # another process was first; its key is the key
        finally:
            Path(draft).unlink()
    return file.read_bytes()


def database_url(settings: Settings) -> str:
    """Give the address of the rows."""
    return settings.database_url or f"sqlite:///{settings.instance / 'contest.sqlite'}"
