"""Add the way to the wall."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from contest.web.text import fold

revision = "0003"
down_revision = "0002"
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
        "seal_key",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=255), nullable=False),
        sa.Column("key_id", sa.String(length=64), nullable=False),
        sa.Column("public", sa.Text(), nullable=False),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("self_signed", sa.Boolean(), nullable=False),
        sa.Column("valid_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("known_since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_why", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seal_key")),
        sa.UniqueConstraint("kind", "key_id", name=op.f("uq_seal_key_kind_key_id")),
    )
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
        "bank_details",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("contest_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("newsroom", sa.Boolean(), nullable=False),
        sa.Column("sealed", sa.Text(), nullable=False),
        sa.Column("consent_id", sa.Integer(), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["consent_id"], ["consent.id"], name=op.f("fk_bank_details_consent_id")),
        sa.ForeignKeyConstraint(["contest_id"], ["contest.id"], name=op.f("fk_bank_details_contest_id")),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_bank_details_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bank_details")),
        sa.UniqueConstraint(
            "contest_id", "user_id", "newsroom", name=op.f("uq_bank_details_contest_id_user_id_newsroom")
        ),
    )
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
        "official_draft",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("contest_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("subject", sa.String(length=60), nullable=False),
        sa.Column("fields", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["user.id"], name=op.f("fk_official_draft_by_id")),
        sa.ForeignKeyConstraint(["contest_id"], ["contest.id"], name=op.f("fk_official_draft_contest_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_official_draft")),
        sa.UniqueConstraint("contest_id", "kind", "subject", name=op.f("uq_official_draft_contest_id_kind_subject")),
    )
    op.create_table(
        "complaint",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("contest_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("posting_id", sa.Integer(), nullable=False),
        sa.Column("about", sa.Enum("line", "work", "list", name="about", native_enum=False, length=20), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=True),
        sa.Column("subject", sa.String(length=400), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("code_digest", sa.String(length=64), nullable=False),
        sa.Column("assigned_to_id", sa.Integer(), nullable=True),
        sa.Column("merged_into_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["assigned_to_id"], ["user.id"], name=op.f("fk_complaint_assigned_to_id")),
        sa.ForeignKeyConstraint(["contest_id"], ["contest.id"], name=op.f("fk_complaint_contest_id")),
        sa.ForeignKeyConstraint(["entry_id"], ["entry.id"], name=op.f("fk_complaint_entry_id")),
        sa.ForeignKeyConstraint(["merged_into_id"], ["complaint.id"], name=op.f("fk_complaint_merged_into_id")),
        sa.ForeignKeyConstraint(["posting_id"], ["posting.id"], name=op.f("fk_complaint_posting_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_complaint")),
        sa.UniqueConstraint("contest_id", "number", name=op.f("uq_complaint_contest_id_number")),
    )
    with op.batch_alter_table("complaint", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_complaint_entry_id"), ["entry_id"], unique=False)

    op.create_table(
        "share_card",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("contest_id", sa.Integer(), nullable=False),
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("facts", sa.String(length=64), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("drawn_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["contest_id"], ["contest.id"], name=op.f("fk_share_card_contest_id")),
        sa.ForeignKeyConstraint(["decision_id"], ["decision.id"], name=op.f("fk_share_card_decision_id")),
        sa.ForeignKeyConstraint(["sha256"], ["blob.sha256"], name=op.f("fk_share_card_sha256")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_share_card")),
        sa.UniqueConstraint("decision_id", "code", name=op.f("uq_share_card_decision_id_code")),
    )
    with op.batch_alter_table("share_card", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_share_card_contest_id"), ["contest_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_share_card_sha256"), ["sha256"], unique=False)

    op.create_table(
        "winner_note",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("contest_id", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("citation", sa.Text(), nullable=False),
        sa.Column("media_withheld", sa.Boolean(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["user.id"], name=op.f("fk_winner_note_by_id")),
        sa.ForeignKeyConstraint(["contest_id"], ["contest.id"], name=op.f("fk_winner_note_contest_id")),
        sa.ForeignKeyConstraint(["entry_id"], ["entry.id"], name=op.f("fk_winner_note_entry_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_winner_note")),
        sa.UniqueConstraint("entry_id", "version", name=op.f("uq_winner_note_entry_id_version")),
    )
    with op.batch_alter_table("winner_note", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_winner_note_contest_id"), ["contest_id"], unique=False)

    op.create_table(
        "complainant",
        sa.Column("complaint_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("email", sa.String(length=255), nullable=False),
        sa.Column("phone", sa.String(length=40), nullable=False),
        sa.Column("unit", sa.String(length=255), nullable=False),
        sa.ForeignKeyConstraint(["complaint_id"], ["complaint.id"], name=op.f("fk_complainant_complaint_id")),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_complainant_user_id")),
        sa.PrimaryKeyConstraint("complaint_id", name=op.f("pk_complainant")),
    )
    op.create_table(
        "complaint_answer",
        sa.Column("complaint_id", sa.Integer(), nullable=False),
        sa.Column(
            "verdict",
            sa.Enum("upheld", "partly", "not_upheld", "outside", name="verdict", native_enum=False, length=20),
            nullable=False,
        ),
        sa.Column("reasons", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["user.id"], name=op.f("fk_complaint_answer_by_id")),
        sa.ForeignKeyConstraint(["complaint_id"], ["complaint.id"], name=op.f("fk_complaint_answer_complaint_id")),
        sa.PrimaryKeyConstraint("complaint_id", name=op.f("pk_complaint_answer")),
    )
    op.create_table(
        "complaint_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("complaint_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("media_type", sa.String(length=255), nullable=False),
        sa.ForeignKeyConstraint(["complaint_id"], ["complaint.id"], name=op.f("fk_complaint_file_complaint_id")),
        sa.ForeignKeyConstraint(["sha256"], ["blob.sha256"], name=op.f("fk_complaint_file_sha256")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_complaint_file")),
    )
    with op.batch_alter_table("complaint_file", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_complaint_file_complaint_id"), ["complaint_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_complaint_file_sha256"), ["sha256"], unique=False)

    op.create_table(
        "complaint_note",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("complaint_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["user.id"], name=op.f("fk_complaint_note_by_id")),
        sa.ForeignKeyConstraint(["complaint_id"], ["complaint.id"], name=op.f("fk_complaint_note_complaint_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_complaint_note")),
    )
    with op.batch_alter_table("complaint_note", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_complaint_note_complaint_id"), ["complaint_id"], unique=False)

    op.create_table(
        "complaint_remark",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("complaint_id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ordered_by_id", sa.Integer(), nullable=False),
        sa.Column("ordered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("concluded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["complaint_id"], ["complaint.id"], name=op.f("fk_complaint_remark_complaint_id")),
        sa.ForeignKeyConstraint(["entry_id"], ["entry.id"], name=op.f("fk_complaint_remark_entry_id")),
        sa.ForeignKeyConstraint(["ordered_by_id"], ["user.id"], name=op.f("fk_complaint_remark_ordered_by_id")),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_complaint_remark_round_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_complaint_remark")),
        sa.UniqueConstraint("complaint_id", "entry_id", name=op.f("uq_complaint_remark_complaint_id_entry_id")),
    )
    with op.batch_alter_table("complaint_remark", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_complaint_remark_entry_id"), ["entry_id"], unique=False)

    op.create_table(
        "line_answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("contest_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("for_others", sa.Boolean(), nullable=False),
        sa.Column("changes", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("settlement", sa.String(length=255), nullable=True),
        sa.Column("settled_why", sa.Text(), nullable=False),
        sa.Column("settled_by_id", sa.Integer(), nullable=True),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("award_id", sa.Integer(), nullable=True),
        sa.Column("collective_award_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(award_id IS NULL) != (collective_award_id IS NULL)", name=op.f("ck_line_answer_of_one_prize")
        ),
        sa.ForeignKeyConstraint(["award_id"], ["award.id"], name=op.f("fk_line_answer_award_id")),
        sa.ForeignKeyConstraint(
            ["collective_award_id"], ["collective_award.id"], name=op.f("fk_line_answer_collective_award_id")
        ),
        sa.ForeignKeyConstraint(["contest_id"], ["contest.id"], name=op.f("fk_line_answer_contest_id")),
        sa.ForeignKeyConstraint(["settled_by_id"], ["user.id"], name=op.f("fk_line_answer_settled_by_id")),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_line_answer_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_line_answer")),
    )
    with op.batch_alter_table("line_answer", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_line_answer_award_id"), ["award_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_line_answer_contest_id_user_id"), ["contest_id", "user_id"], unique=False)

    op.create_table(
        "payment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("contest_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("paid_on", sa.Date(), nullable=False),
        sa.Column("reference", sa.String(length=255), nullable=False),
        sa.Column("paid_by_id", sa.Integer(), nullable=False),
        sa.Column("paid_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("award_id", sa.Integer(), nullable=True),
        sa.Column("collective_award_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("(award_id IS NULL) != (collective_award_id IS NULL)", name=op.f("ck_payment_of_one_prize")),
        sa.CheckConstraint("amount != 0", name=op.f("ck_payment_something_moves")),
        sa.ForeignKeyConstraint(["award_id"], ["award.id"], name=op.f("fk_payment_award_id")),
        sa.ForeignKeyConstraint(
            ["collective_award_id"], ["collective_award.id"], name=op.f("fk_payment_collective_award_id")
        ),
        sa.ForeignKeyConstraint(["contest_id"], ["contest.id"], name=op.f("fk_payment_contest_id")),
        sa.ForeignKeyConstraint(["paid_by_id"], ["user.id"], name=op.f("fk_payment_paid_by_id")),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_payment_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payment")),
    )
    with op.batch_alter_table("payment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_payment_contest_id"), ["contest_id"], unique=False)

    op.create_table(
        "payout",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("contest_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("set_by_id", sa.Integer(), nullable=False),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("award_id", sa.Integer(), nullable=True),
        sa.Column("collective_award_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("(award_id IS NULL) != (collective_award_id IS NULL)", name=op.f("ck_payout_of_one_prize")),
        sa.CheckConstraint("amount > 0", name=op.f("ck_payout_something_is_paid")),
        sa.ForeignKeyConstraint(["award_id"], ["award.id"], name=op.f("fk_payout_award_id")),
        sa.ForeignKeyConstraint(
            ["collective_award_id"], ["collective_award.id"], name=op.f("fk_payout_collective_award_id")
        ),
        sa.ForeignKeyConstraint(["contest_id"], ["contest.id"], name=op.f("fk_payout_contest_id")),
        sa.ForeignKeyConstraint(["set_by_id"], ["user.id"], name=op.f("fk_payout_set_by_id")),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_payout_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payout")),
        sa.UniqueConstraint("award_id", "user_id", name=op.f("uq_payout_award_id_user_id")),
        sa.UniqueConstraint("collective_award_id", "user_id", name=op.f("uq_payout_collective_award_id_user_id")),
    )
    with op.batch_alter_table("payout", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_payout_contest_id"), ["contest_id"], unique=False)

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

    with op.batch_alter_table("assignment", schema=None) as batch_op:
        batch_op.add_column(sa.Column("remarking", sa.Boolean(), nullable=False, server_default=sa.false()))

    with op.batch_alter_table("certificate", schema=None) as batch_op:
        batch_op.add_column(sa.Column("design_sha256", sa.String(length=64), nullable=True))
        batch_op.add_column(sa.Column("replaced_by_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("signed_by_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("signed_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.drop_constraint(batch_op.f("uq_certificate_award_id_position"), type_="unique")
        batch_op.drop_constraint(batch_op.f("uq_certificate_collective_award_id"), type_="unique")
        batch_op.create_index(batch_op.f("ix_certificate_design_sha256"), ["design_sha256"], unique=False)
        batch_op.create_unique_constraint(
            batch_op.f("uq_certificate_award_id_position_decision_id"), ["award_id", "position", "decision_id"]
        )
        batch_op.create_unique_constraint(
            batch_op.f("uq_certificate_collective_award_id_decision_id"), ["collective_award_id", "decision_id"]
        )
        batch_op.create_foreign_key(batch_op.f("fk_certificate_signed_by_id"), "seal_key", ["signed_by_id"], ["id"])
        batch_op.create_foreign_key(
            batch_op.f("fk_certificate_replaced_by_id"), "certificate", ["replaced_by_id"], ["id"]
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_certificate_design_sha256"), "kept_design", ["design_sha256"], ["sha256"]
        )

    with op.batch_alter_table("decision", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "amended_as",
                sa.Enum(
                    "correction",
                    "suspension",
                    "revocation",
                    "restoration",
                    name="amendmentkind",
                    native_enum=False,
                    length=30,
                ),
                nullable=True,
            )
        )
        batch_op.add_column(sa.Column("amended_by", sa.String(length=60), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("amended_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("amending_signer", sa.String(length=255), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("reason", sa.Text(), nullable=False, server_default=""))

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

    with op.batch_alter_table("recorded_act", schema=None) as batch_op:
        batch_op.alter_column("by_id", existing_type=sa.INTEGER(), nullable=True)

    with op.batch_alter_table("round_result", schema=None) as batch_op:
        batch_op.add_column(sa.Column("version", sa.Integer(), autoincrement=False, nullable=False, server_default="1"))
        batch_op.drop_constraint(batch_op.f("pk_round_result"), type_="primary")
        batch_op.create_primary_key(batch_op.f("pk_round_result"), ["round_id", "version"])
    _fill_exemplars()


def downgrade() -> None:
    """Take the change back."""
    op.execute("DELETE FROM round_result WHERE version > 1")
    with op.batch_alter_table("round_result", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("pk_round_result"), type_="primary")
        batch_op.drop_column("version")
        batch_op.create_primary_key(batch_op.f("pk_round_result"), ["round_id"])

    op.execute("DELETE FROM recorded_act WHERE by_id IS NULL")
    with op.batch_alter_table("recorded_act", schema=None) as batch_op:
        batch_op.alter_column("by_id", existing_type=sa.INTEGER(), nullable=False)

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

    with op.batch_alter_table("decision", schema=None) as batch_op:
        batch_op.drop_column("reason")
        batch_op.drop_column("amending_signer")
        batch_op.drop_column("amended_on")
        batch_op.drop_column("amended_by")
        batch_op.drop_column("amended_as")

    with op.batch_alter_table("certificate", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_certificate_design_sha256"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("fk_certificate_replaced_by_id"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("fk_certificate_signed_by_id"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("uq_certificate_collective_award_id_decision_id"), type_="unique")
        batch_op.drop_constraint(batch_op.f("uq_certificate_award_id_position_decision_id"), type_="unique")
        batch_op.drop_index(batch_op.f("ix_certificate_design_sha256"))
        batch_op.create_unique_constraint(batch_op.f("uq_certificate_collective_award_id"), ["collective_award_id"])
        batch_op.create_unique_constraint(batch_op.f("uq_certificate_award_id_position"), ["award_id", "position"])
        batch_op.drop_column("signed_at")
        batch_op.drop_column("signed_by_id")
        batch_op.drop_column("replaced_by_id")
        batch_op.drop_column("design_sha256")

    with op.batch_alter_table("assignment", schema=None) as batch_op:
        batch_op.drop_column("remarking")

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
    with op.batch_alter_table("payout", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_payout_contest_id"))

    op.drop_table("payout")
    with op.batch_alter_table("payment", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_payment_contest_id"))

    op.drop_table("payment")
    with op.batch_alter_table("line_answer", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_line_answer_contest_id_user_id"))
        batch_op.drop_index(batch_op.f("ix_line_answer_award_id"))

    op.drop_table("line_answer")
    with op.batch_alter_table("complaint_remark", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_complaint_remark_entry_id"))

    op.drop_table("complaint_remark")
    with op.batch_alter_table("complaint_note", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_complaint_note_complaint_id"))

    op.drop_table("complaint_note")
    with op.batch_alter_table("complaint_file", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_complaint_file_sha256"))
        batch_op.drop_index(batch_op.f("ix_complaint_file_complaint_id"))

    op.drop_table("complaint_file")
    op.drop_table("complaint_answer")
    op.drop_table("complainant")
    with op.batch_alter_table("winner_note", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_winner_note_contest_id"))

    op.drop_table("winner_note")
    with op.batch_alter_table("share_card", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_share_card_sha256"))
        batch_op.drop_index(batch_op.f("ix_share_card_contest_id"))

    op.drop_table("share_card")
    with op.batch_alter_table("complaint", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_complaint_entry_id"))

    op.drop_table("complaint")
    op.drop_table("official_draft")
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
    op.drop_table("bank_details")
    with op.batch_alter_table("kept_design", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_kept_design_background_sha256"))

    op.drop_table("kept_design")
    op.drop_table("seal_key")
