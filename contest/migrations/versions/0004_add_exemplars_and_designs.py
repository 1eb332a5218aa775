"""Add exemplars and designs."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from contest.web.text import fold

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def _fill_exemplars() -> None:
    exemplar = sa.table("exemplar", *map(sa.column, ("id", "folded", "known_as", "locality", "folded_place")))
    rows = op.get_bind().execute(sa.select(exemplar.c.id, exemplar.c.folded, exemplar.c.locality)).all()
    for row in rows:
        op.execute(
            sa.update(exemplar)
            .where(exemplar.c.id == row.id)
            .values(known_as=row.folded, folded_place=fold(row.locality)[:255])
        )


def upgrade() -> None:
    """Make the change."""
    op.create_table(
        "kept_design",
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("design", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("background_sha256", sa.String(length=64), nullable=True),
        sa.ForeignKeyConstraint(["background_sha256"], ["blob.sha256"], name=op.f("fk_kept_design_background_sha256")),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_kept_design")),
    )
    with op.batch_alter_table("kept_design", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_kept_design_background_sha256"), ["background_sha256"], unique=False)

    op.create_table(
        "certificate_template",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("contest_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("kind", sa.String(length=255), nullable=False),
        sa.Column("tiers", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("design", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("background_sha256", sa.String(length=64), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_by_id", sa.Integer(), nullable=False),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["background_sha256"], ["blob.sha256"], name=op.f("fk_certificate_template_background_sha256")
        ),
        sa.ForeignKeyConstraint(["contest_id"], ["contest.id"], name=op.f("fk_certificate_template_contest_id")),
        sa.ForeignKeyConstraint(["created_by_id"], ["user.id"], name=op.f("fk_certificate_template_created_by_id")),
        sa.ForeignKeyConstraint(["updated_by_id"], ["user.id"], name=op.f("fk_certificate_template_updated_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_certificate_template")),
    )
    with op.batch_alter_table("certificate_template", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_certificate_template_background_sha256"), ["background_sha256"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_certificate_template_contest_id"), ["contest_id"], unique=False)

    op.create_table(
        "exemplar_merge",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("contest_id", sa.Integer(), nullable=False),
        sa.Column("merged_id", sa.Integer(), nullable=False),
        sa.Column("into_id", sa.Integer(), nullable=False),
        sa.Column("moved", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("undone_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("merged_id <> into_id", name=op.f("ck_exemplar_merge_two_exemplars")),
        sa.ForeignKeyConstraint(["by_id"], ["user.id"], name=op.f("fk_exemplar_merge_by_id")),
        sa.ForeignKeyConstraint(["contest_id"], ["contest.id"], name=op.f("fk_exemplar_merge_contest_id")),
        sa.ForeignKeyConstraint(["into_id"], ["exemplar.id"], name=op.f("fk_exemplar_merge_into_id")),
        sa.ForeignKeyConstraint(["merged_id"], ["exemplar.id"], name=op.f("fk_exemplar_merge_merged_id")),
        sa.ForeignKeyConstraint(["undone_by_id"], ["user.id"], name=op.f("fk_exemplar_merge_undone_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exemplar_merge")),
    )
    with op.batch_alter_table("exemplar_merge", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_exemplar_merge_contest_id_at"), ["contest_id", "at"], unique=False)
        batch_op.create_index(
            "ix_exemplar_merge_in_force",
            ["merged_id"],
            unique=True,
            sqlite_where=sa.text("undone_at IS NULL"),
            postgresql_where=sa.text("undone_at IS NULL"),
        )
        batch_op.create_index(batch_op.f("ix_exemplar_merge_into_id"), ["into_id"], unique=False)

    op.create_table(
        "exemplar_not_the_same",
        sa.Column("one_id", sa.Integer(), nullable=False),
        sa.Column("other_id", sa.Integer(), nullable=False),
        sa.Column("contest_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("one_id < other_id", name=op.f("ck_exemplar_not_the_same_in_order")),
        sa.ForeignKeyConstraint(["by_id"], ["user.id"], name=op.f("fk_exemplar_not_the_same_by_id")),
        sa.ForeignKeyConstraint(["contest_id"], ["contest.id"], name=op.f("fk_exemplar_not_the_same_contest_id")),
        sa.ForeignKeyConstraint(["one_id"], ["exemplar.id"], name=op.f("fk_exemplar_not_the_same_one_id")),
        sa.ForeignKeyConstraint(["other_id"], ["exemplar.id"], name=op.f("fk_exemplar_not_the_same_other_id")),
        sa.PrimaryKeyConstraint("one_id", "other_id", name=op.f("pk_exemplar_not_the_same")),
    )
    with op.batch_alter_table("exemplar_not_the_same", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_exemplar_not_the_same_contest_id"), ["contest_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_exemplar_not_the_same_other_id"), ["other_id"], unique=False)

    op.create_table(
        "undone_payment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("contest_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("paid_on", sa.Date(), nullable=False),
        sa.Column("reference", sa.String(length=255), nullable=False),
        sa.Column("paid_by_id", sa.Integer(), nullable=False),
        sa.Column("paid_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("undone_by_id", sa.Integer(), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("award_id", sa.Integer(), nullable=True),
        sa.Column("collective_award_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(award_id IS NULL) != (collective_award_id IS NULL)", name=op.f("ck_undone_payment_of_one_prize")
        ),
        sa.ForeignKeyConstraint(["award_id"], ["award.id"], name=op.f("fk_undone_payment_award_id")),
        sa.ForeignKeyConstraint(
            ["collective_award_id"], ["collective_award.id"], name=op.f("fk_undone_payment_collective_award_id")
        ),
        sa.ForeignKeyConstraint(["contest_id"], ["contest.id"], name=op.f("fk_undone_payment_contest_id")),
        sa.ForeignKeyConstraint(["paid_by_id"], ["user.id"], name=op.f("fk_undone_payment_paid_by_id")),
        sa.ForeignKeyConstraint(["undone_by_id"], ["user.id"], name=op.f("fk_undone_payment_undone_by_id")),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_undone_payment_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_undone_payment")),
    )
    with op.batch_alter_table("undone_payment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_undone_payment_contest_id"), ["contest_id"], unique=False)

    op.create_table(
        "certificate_download",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("contest_id", sa.Integer(), nullable=False),
        sa.Column("what", sa.String(length=255), nullable=False),
        sa.Column("certificate_id", sa.Integer(), nullable=True),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["user.id"], name=op.f("fk_certificate_download_by_id")),
        sa.ForeignKeyConstraint(
            ["certificate_id"], ["certificate.id"], name=op.f("fk_certificate_download_certificate_id")
        ),
        sa.ForeignKeyConstraint(["contest_id"], ["contest.id"], name=op.f("fk_certificate_download_contest_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_certificate_download")),
    )
    with op.batch_alter_table("certificate_download", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_certificate_download_contest_id_at"), ["contest_id", "at"], unique=False)

    op.create_table(
        "certificate_letter",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("certificate_id", sa.Integer(), nullable=False),
        sa.Column("letter_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["certificate_id"], ["certificate.id"], name=op.f("fk_certificate_letter_certificate_id")
        ),
        sa.ForeignKeyConstraint(["letter_id"], ["letter.id"], name=op.f("fk_certificate_letter_letter_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_certificate_letter")),
        sa.UniqueConstraint("certificate_id", "letter_id", name=op.f("uq_certificate_letter_certificate_id_letter_id")),
    )
    with op.batch_alter_table("certificate_letter", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_certificate_letter_letter_id"), ["letter_id"], unique=False)

    op.create_table(
        "certificate_print",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("contest_id", sa.Integer(), nullable=False),
        sa.Column("certificate_id", sa.Integer(), nullable=False),
        sa.Column("copy", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(length=255), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("spoiled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("spoiled_why", sa.Text(), nullable=False),
        sa.Column("spoiled_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("copy > 0", name=op.f("ck_certificate_print_copies_count_from_one")),
        sa.ForeignKeyConstraint(["by_id"], ["user.id"], name=op.f("fk_certificate_print_by_id")),
        sa.ForeignKeyConstraint(
            ["certificate_id"], ["certificate.id"], name=op.f("fk_certificate_print_certificate_id")
        ),
        sa.ForeignKeyConstraint(["contest_id"], ["contest.id"], name=op.f("fk_certificate_print_contest_id")),
        sa.ForeignKeyConstraint(["spoiled_by_id"], ["user.id"], name=op.f("fk_certificate_print_spoiled_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_certificate_print")),
        sa.UniqueConstraint("certificate_id", "copy", name=op.f("uq_certificate_print_certificate_id_copy")),
    )
    with op.batch_alter_table("certificate_print", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_certificate_print_contest_id_at"), ["contest_id", "at"], unique=False)

    with op.batch_alter_table("certificate", schema=None) as batch_op:
        batch_op.add_column(sa.Column("design_sha256", sa.String(length=64), nullable=True))
        batch_op.create_index(batch_op.f("ix_certificate_design_sha256"), ["design_sha256"], unique=False)
        batch_op.create_foreign_key(
            batch_op.f("fk_certificate_design_sha256"), "kept_design", ["design_sha256"], ["sha256"]
        )

    with op.batch_alter_table("exemplar", schema=None) as batch_op:
        batch_op.add_column(sa.Column("known_as", sa.String(length=255), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("folded_place", sa.String(length=255), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("portrait", sa.String(length=2000), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("replicated_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("replication_reason", sa.String(length=500), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("merged_into_id", sa.Integer(), nullable=True))
        batch_op.create_index(batch_op.f("ix_exemplar_contest_id_known_as"), ["contest_id", "known_as"], unique=False)
        batch_op.create_index(batch_op.f("ix_exemplar_merged_into_id"), ["merged_into_id"], unique=False)
        batch_op.create_foreign_key(batch_op.f("fk_exemplar_merged_into_id"), "exemplar", ["merged_into_id"], ["id"])
    _fill_exemplars()


def downgrade() -> None:
    """Take the change back."""
    with op.batch_alter_table("exemplar", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_exemplar_merged_into_id"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_exemplar_merged_into_id"))
        batch_op.drop_index(batch_op.f("ix_exemplar_contest_id_known_as"))
        batch_op.drop_column("merged_into_id")
        batch_op.drop_column("replication_reason")
        batch_op.drop_column("replicated_at")
        batch_op.drop_column("portrait")
        batch_op.drop_column("folded_place")
        batch_op.drop_column("known_as")

    with op.batch_alter_table("certificate", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_certificate_design_sha256"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_certificate_design_sha256"))
        batch_op.drop_column("design_sha256")

    with op.batch_alter_table("certificate_print", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_certificate_print_contest_id_at"))

    op.drop_table("certificate_print")
    with op.batch_alter_table("certificate_letter", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_certificate_letter_letter_id"))

    op.drop_table("certificate_letter")
    with op.batch_alter_table("certificate_download", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_certificate_download_contest_id_at"))

    op.drop_table("certificate_download")
    with op.batch_alter_table("undone_payment", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_undone_payment_contest_id"))

    op.drop_table("undone_payment")
    with op.batch_alter_table("exemplar_not_the_same", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_exemplar_not_the_same_other_id"))
        batch_op.drop_index(batch_op.f("ix_exemplar_not_the_same_contest_id"))

    op.drop_table("exemplar_not_the_same")
    with op.batch_alter_table("exemplar_merge", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_exemplar_merge_into_id"))
        batch_op.drop_index(
            "ix_exemplar_merge_in_force",
            sqlite_where=sa.text("undone_at IS NULL"),
            postgresql_where=sa.text("undone_at IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_exemplar_merge_contest_id_at"))

    op.drop_table("exemplar_merge")
    with op.batch_alter_table("certificate_template", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_certificate_template_contest_id"))
        batch_op.drop_index(batch_op.f("ix_certificate_template_background_sha256"))

    op.drop_table("certificate_template")
    with op.batch_alter_table("kept_design", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_kept_design_background_sha256"))

    op.drop_table("kept_design")
