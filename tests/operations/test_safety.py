"""An instance that is not safe to be opened says so, with what to do."""

from __future__ import annotations

import socket
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from pydantic import SecretStr

from contest import __main__, clock, config, create_app, database, migrations
from contest.config import Settings
from contest.operations import safety
from tests.makers.signing import organization

PUBLIC = {
    "base_url": "https://cuocthi.example.vn",
    "smtp_url": "smtp://localhost",
    "mail_from": "Ban Tổ chức <cuocthi@example.vn>",
    "proxies": 1,
    "secret_key": "k" * 64,
    "backup_folder": "/mnt/sao-luu",
    "backup_passphrase": SecretStr("một câu thần chú đủ dài"),
}


@pytest.fixture
def dangers(tmp_path):
    """Say what is unsafe in a new instance with these settings, its tables current unless told otherwise."""

    def look(*, migrated=True, debug=False, before=lambda folder: None, until=None, **settings):
        folder = tmp_path / "instance"
        folder.mkdir(mode=0o700)
        file, _ = organization(tmp_path, "ec", "bí mật", until=until)
        key = {"signature": str(file), "signature_passphrase": SecretStr("bí mật")}
        app = create_app(Settings(instance=folder, **PUBLIC | key | settings))
        app.debug = debug
        with app.app_context():
            if migrated:
                migrations.upgrade()
            before(folder)
            found = safety.dangers()
            database.db.session.remove()
            database.db.engine.dispose()
        return found

    return look


def test_a_public_instance_with_all_its_settings_is_safe(dangers):
    assert dangers() == []


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ({"base_url": "http://cuocthi.example.vn"}, "không được mã hóa"),
        ({"base_url": "http://localhost:8000"}, "chỉ là máy này"),
        ({"proxies": 0}, "CONTEST_PROXIES"),
        ({"backup_folder": ""}, "CONTEST_BACKUP_FOLDER"),
        ({"backup_passphrase": SecretStr("")}, "CONTEST_BACKUP_PASSPHRASE"),
        ({"smtp_url": ""}, "CONTEST_SMTP_URL"),
        ({"mail_from": Settings.model_fields["mail_from"].default}, "CONTEST_MAIL_FROM"),
        ({"second_factor": "off"}, "CONTEST_SECOND_FACTOR"),
        ({"debug": True}, "FLASK_DEBUG"),
        ({"signature": ""}, "CONTEST_SIGNATURE"),
        ({"signature": "/nowhere.p12"}, "không đọc được"),
        ({"signature_passphrase": SecretStr("sai")}, "CONTEST_SIGNATURE_PASSPHRASE"),
        ({"until": datetime.now(UTC) + timedelta(days=30)}, "hết hạn"),
        ({"until": datetime.now(UTC) - timedelta(days=1)}, "hết hạn"),
        ({"migrated": False}, "contest migrate"),
        ({"storage_url": "s3+http://a:b@127.0.0.1:1/kho"}, "CONTEST_STORAGE_URL"),
        ({"storage_url": "ftp://khoa:bi-mat@kho"}, "ftp://…@kho"),
        ({"clamav_url": "unix:///nowhere.sock"}, "CONTEST_CLAMAV_URL"),
        ({"clamav_url": "clamd"}, "CONTEST_CLAMAV_URL"),
        ({"queue_url": "unix:///nowhere.sock"}, "CONTEST_QUEUE_URL"),
        ({"oidc_issuer": "http://localhost:9", "oidc_client_id": "cuoc-thi"}, "CONTEST_OIDC_ISSUER"),
        ({"before": lambda folder: folder.chmod(0o755)}, "chmod o="),
        ({"before": lambda folder: (folder / "certificates.key").touch(0o644)}, "chmod 600"),
        ({"before": lambda folder: clock.set_to(clock.now())}, "bản dùng thử"),
    ],
    ids=lambda value: value if isinstance(value, str) else "-".join(value),
)
def test_each_danger_is_named_alone(dangers, settings, told):
    (sentence,) = dangers(**settings)
    assert told in sentence


def test_what_printing_lacks_is_named(dangers, monkeypatch):
    monkeypatch.setattr("contest.printing.readiness.VIETNAMESE", "Ω☃")

    assert any("☃" in sentence for sentence in dangers())


def test_a_demo_is_not_served_at_a_public_address(tmp_path):
    app = create_app(Settings(instance=tmp_path, **PUBLIC))
    with app.app_context():
        clock.set_to(clock.now())

        with pytest.raises(safety.DemoInPublic):
            safety.check_may_serve()


def test_a_demo_is_served_to_this_machine(app):
    clock.set_to(clock.now())

    safety.check_may_serve()  # would raise

    assert clock.is_demo()


def test_the_instance_folder_is_made_for_its_owner_alone(tmp_path):
    config.secret_key(Settings(instance=tmp_path / "new", secret_key=""))

    assert (tmp_path / "new").stat().st_mode & 0o777 == 0o700
    assert (tmp_path / "new" / config.KEY_FILE).stat().st_mode & 0o777 == 0o600


def test_an_old_sqlite_is_refused_before_anything_is_opened(tmp_path, monkeypatch, capsys):
    old = SimpleNamespace(sqlite_version_info=(3, 40, 1), sqlite_version="3.40.1")
    monkeypatch.setitem(sys.modules, "pysqlite3", SimpleNamespace(dbapi2=old))
    monkeypatch.setenv("CONTEST_INSTANCE", str(tmp_path))

    with pytest.raises(SystemExit) as end:
        __main__.main()

    assert end.value.code == 1
    assert "SQLite 3.40.1" in capsys.readouterr().err
    assert list(Path(tmp_path).glob("*.sqlite")) == []


def test_a_wrong_setting_is_named(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("CONTEST_INSTANCE", str(tmp_path))
    monkeypatch.setenv("CONTEST_WORKERS", "many")

    with pytest.raises(SystemExit) as end:
        __main__.main()

    assert end.value.code == 1
    assert capsys.readouterr().err.startswith("CONTEST_WORKERS: ")


def test_a_second_server_is_refused_where_one_answers():
    with socket.socket() as first:
        first.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        first.bind(("127.0.0.1", 0))
        first.listen()
        port = first.getsockname()[1]
        with pytest.raises(safety.PortTaken) as refusal:
            safety.check_port("127.0.0.1", port)
    assert str(port) in str(refusal.value.parameters)
    safety.check_port("127.0.0.1", port)
