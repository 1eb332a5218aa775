"""What the same machine does when nearly nothing is done: the floor beside every figure."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from flask import Flask, render_template_string
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import event, select
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from contest import database

ROW = "<tr><td>{{ row.id }}</td><td>{{ row.title }}</td><td>{{ row.who }}</td></tr>"
PAGE = f"<table>{{% for row in rows %}}{ROW}{{% endfor %}}</table>"


class Base(DeclarativeBase):
    """Base of the floor's only model."""


def bare(folder: Path) -> tuple[Callable[[], object], Callable[[], object]]:
    """Make a bare application.

    :return: opens a page of 50 rows; stores one mark durably
    """
    app = Flask("floor")
    url = f"sqlite:///{folder / 'floor.sqlite'}"
    app.config.update(SQLALCHEMY_DATABASE_URI=url, SQLALCHEMY_ENGINE_OPTIONS=database.engine_options(url))
    db = SQLAlchemy(app, model_class=Base)

    class Row(db.Model):  # type: ignore[name-defined, misc]
        id: Mapped[int] = mapped_column(primary_key=True)
        title: Mapped[str]
        who: Mapped[str]

    with app.app_context():

        @event.listens_for(db.engine, "connect")
        def durable(connection: object, record: object) -> None:
            connection.execute("PRAGMA journal_mode=WAL")  # type: ignore[attr-defined]
            connection.execute("PRAGMA synchronous=FULL")  # type: ignore[attr-defined]

        @event.listens_for(db.engine, "begin")
        def begin(connection: object) -> None:
            connection.exec_driver_sql("BEGIN IMMEDIATE")  # type: ignore[attr-defined]

        db.create_all()
        for number in range(500):
            db.session.add(Row(title=f"Hiến đất mở đường {number}", who="Võ Gia Trà"))
        db.session.commit()

    @app.get("/")
    def page() -> str:
        return render_template_string(PAGE, rows=db.session.scalars(select(Row).limit(50)).all())

    @app.post("/")
    def store() -> str:
        db.session.add(Row(title="17,5", who="Võ Gia Trà"))
        db.session.commit()
        return "ok"

    client = app.test_client()
    return (lambda: client.get("/")), (lambda: client.post("/"))
