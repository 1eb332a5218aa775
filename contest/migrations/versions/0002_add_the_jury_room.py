"""Add the jury room."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the change."""
    op.create_table(
        "declaration",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("contest_id", sa.Integer(), nullable=False),
        sa.Column("round", sa.String(length=40), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["contest_id"], ["contest.id"], name=op.f("fk_declaration_contest_id")),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_declaration_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_declaration")),
        sa.UniqueConstraint("contest_id", "round", "user_id", name=op.f("uq_declaration_contest_id_round_user_id")),
    )
    op.create_table(
        "tie",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("contest_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("outlet_id", sa.Integer(), nullable=True),
        sa.Column("until", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("key", sa.String(length=255), nullable=False),
        sa.Column(
            "relation",
            sa.Enum(
                "own_entry",
                "author",
                "contact",
                "outlet",
                "competes",
                "declared",
                "former_outlet",
                "relative",
                "co_author",
                "taught",
                "edited",
                "confirmed",
                "acquaintance",
                "wrote_with",
                "name",
                name="kind",
                native_enum=False,
                length=20,
            ),
            nullable=True,
        ),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["contest_id"], ["contest.id"], name=op.f("fk_tie_contest_id")),
        sa.ForeignKeyConstraint(["outlet_id"], ["outlet.id"], name=op.f("fk_tie_outlet_id")),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_tie_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tie")),
    )
    with op.batch_alter_table("tie", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_tie_contest_id_user_id"), ["contest_id", "user_id"], unique=False)

    op.create_table(
        "interest",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("contest_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "own_entry",
                "author",
                "contact",
                "outlet",
                "competes",
                "declared",
                "former_outlet",
                "relative",
                "co_author",
                "taught",
                "edited",
                "confirmed",
                "acquaintance",
                "wrote_with",
                "name",
                name="kind",
                native_enum=False,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column(
            "state",
            sa.Enum("declared", "confirmed", "waived", "found", name="state", native_enum=False, length=20),
            nullable=False,
        ),
        sa.Column("note", sa.String(length=255), nullable=False),
        sa.Column("tie_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["by_id"], ["user.id"], name=op.f("fk_interest_by_id")),
        sa.ForeignKeyConstraint(["contest_id"], ["contest.id"], name=op.f("fk_interest_contest_id")),
        sa.ForeignKeyConstraint(["entry_id"], ["entry.id"], name=op.f("fk_interest_entry_id")),
        sa.ForeignKeyConstraint(["tie_id"], ["tie.id"], name=op.f("fk_interest_tie_id")),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_interest_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_interest")),
    )
    with op.batch_alter_table("interest", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_interest_contest_id_user_id"), ["contest_id", "user_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_interest_entry_id"), ["entry_id"], unique=False)
        batch_op.create_index(
            "ix_interest_in_force",
            ["user_id", "entry_id", "kind"],
            unique=True,
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )

    op.create_table(
        "assignment_plan",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("panel", sa.String(length=40), nullable=False),
        sa.Column("seed", sa.Integer(), nullable=False),
        sa.Column("lines", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("touched", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["user.id"], name=op.f("fk_assignment_plan_by_id")),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_assignment_plan_round_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assignment_plan")),
        sa.UniqueConstraint("round_id", "panel", name=op.f("uq_assignment_plan_round_id_panel")),
    )
    op.create_table(
        "looked_through",
        sa.Column("attachment_id", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("telling", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("readable", sa.Boolean(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("cleared_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("cleared_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["attachment_id"], ["attachment.id"], name=op.f("fk_looked_through_attachment_id")),
        sa.ForeignKeyConstraint(["cleared_by_id"], ["user.id"], name=op.f("fk_looked_through_cleared_by_id")),
        sa.PrimaryKeyConstraint("attachment_id", name=op.f("pk_looked_through")),
    )
    op.create_table(
        "meeting",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=255), nullable=False),
        sa.Column("place", sa.String(length=255), nullable=False),
        sa.Column("convenes_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("chair_id", sa.Integer(), nullable=False),
        sa.Column("secretary_id", sa.Integer(), nullable=False),
        sa.Column(
            "stage",
            sa.Enum("called", "open", "adjourned", "closed", "signed", name="stage", native_enum=False, length=20),
            nullable=False,
        ),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("acts_seen", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=True),
        sa.Column("conclusion", sa.Text(), nullable=False),
        sa.Column("reference", sa.String(length=60), nullable=False),
        sa.Column("called_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["chair_id"], ["user.id"], name=op.f("fk_meeting_chair_id")),
        sa.ForeignKeyConstraint(["item_id"], ["agenda_item.id"], name=op.f("fk_meeting_item_id"), use_alter=True),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_meeting_round_id")),
        sa.ForeignKeyConstraint(["secretary_id"], ["user.id"], name=op.f("fk_meeting_secretary_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting")),
        sa.UniqueConstraint("round_id", "number", name=op.f("uq_meeting_round_id_number")),
    )
    with op.batch_alter_table("meeting", schema=None) as batch_op:
        batch_op.create_index(
            "ix_meeting_running",
            ["round_id"],
            unique=True,
            sqlite_where=sa.text("stage IN ('called', 'open', 'adjourned')"),
            postgresql_where=sa.text("stage IN ('called', 'open', 'adjourned')"),
        )

    op.create_table(
        "redacted_copy",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("attachment_id", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("note", sa.String(length=255), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["attachment_id"], ["attachment.id"], name=op.f("fk_redacted_copy_attachment_id")),
        sa.ForeignKeyConstraint(["by_id"], ["user.id"], name=op.f("fk_redacted_copy_by_id")),
        sa.ForeignKeyConstraint(["sha256"], ["blob.sha256"], name=op.f("fk_redacted_copy_sha256")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_redacted_copy")),
    )
    with op.batch_alter_table("redacted_copy", schema=None) as batch_op:
        batch_op.create_index(
            "ix_redacted_copy_in_force",
            ["attachment_id"],
            unique=True,
            sqlite_where=sa.text("removed_at IS NULL"),
            postgresql_where=sa.text("removed_at IS NULL"),
        )
        batch_op.create_index(batch_op.f("ix_redacted_copy_sha256"), ["sha256"], unique=False)

    op.create_table(
        "remarking",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("share", sa.Integer(), nullable=False),
        sa.Column("tolerance", sa.Integer(), nullable=False),
        sa.Column("seed", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["user.id"], name=op.f("fk_remarking_by_id")),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_remarking_round_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_remarking")),
        sa.UniqueConstraint("round_id", "number", name=op.f("uq_remarking_round_id_number")),
    )
    op.create_table(
        "reminder",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("juror_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("left", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["by_id"], ["user.id"], name=op.f("fk_reminder_by_id")),
        sa.ForeignKeyConstraint(["juror_id"], ["user.id"], name=op.f("fk_reminder_juror_id")),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_reminder_round_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminder")),
        sa.UniqueConstraint("round_id", "juror_id", "day", name=op.f("uq_reminder_round_id_juror_id_day")),
    )
    op.create_table(
        "reminder_plan",
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("before", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("every", sa.Integer(), nullable=False),
        sa.Column("hour", sa.Integer(), nullable=False),
        sa.Column("only_behind", sa.Boolean(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["user.id"], name=op.f("fk_reminder_plan_by_id")),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_reminder_plan_round_id")),
        sa.PrimaryKeyConstraint("round_id", name=op.f("pk_reminder_plan")),
    )
    op.create_table(
        "shared_marking",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("panel", sa.String(length=40), nullable=False),
        sa.Column("chosen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("chosen_by_id", sa.Integer(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("opened_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["chosen_by_id"], ["user.id"], name=op.f("fk_shared_marking_chosen_by_id")),
        sa.ForeignKeyConstraint(["opened_by_id"], ["user.id"], name=op.f("fk_shared_marking_opened_by_id")),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_shared_marking_round_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shared_marking")),
        sa.UniqueConstraint("round_id", "panel", name=op.f("uq_shared_marking_round_id_panel")),
    )
    op.create_table(
        "agenda_item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column(
            "topic",
            sa.Enum("work", "standings", "ballot", "free", name="topic", native_enum=False, length=20),
            nullable=False,
        ),
        sa.Column("group_code", sa.String(length=40), nullable=False),
        sa.Column("sitting_id", sa.Integer(), nullable=True),
        sa.Column("entries", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("title", sa.String(length=255), nullable=False),
        sa.Column("taken_up_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_agenda_item_meeting_id")),
        sa.ForeignKeyConstraint(["sitting_id"], ["sitting.id"], name=op.f("fk_agenda_item_sitting_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agenda_item")),
        sa.UniqueConstraint("meeting_id", "position", name=op.f("uq_agenda_item_meeting_id_position")),
    )
    op.create_table(
        "draft_revision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("assignment_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("marks", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("comment", sa.Text(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["assignment_id"], ["assignment.id"], name=op.f("fk_draft_revision_assignment_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft_revision")),
        sa.UniqueConstraint("assignment_id", "number", name=op.f("uq_draft_revision_assignment_id_number")),
    )
    op.create_table(
        "juror_note",
        sa.Column("assignment_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["assignment_id"], ["assignment.id"], name=op.f("fk_juror_note_assignment_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("assignment_id", name=op.f("pk_juror_note")),
    )
    op.create_table(
        "meeting_presence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("how", sa.Enum("room", "online", "absent", name="how", native_enum=False, length=20), nullable=False),
        sa.Column("reason", sa.String(length=255), nullable=False),
        sa.Column("arrived_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("left_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_meeting_presence_meeting_id")),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_meeting_presence_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_presence")),
        sa.UniqueConstraint("meeting_id", "user_id", name=op.f("uq_meeting_presence_meeting_id_user_id")),
    )
    op.create_table(
        "remark",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("remarking_id", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("assignment_id", sa.Integer(), nullable=True),
        sa.Column("why", sa.Enum("edge", "astray", "drawn", name="why", native_enum=False, length=20), nullable=False),
        sa.ForeignKeyConstraint(["assignment_id"], ["assignment.id"], name=op.f("fk_remark_assignment_id")),
        sa.ForeignKeyConstraint(["entry_id"], ["entry.id"], name=op.f("fk_remark_entry_id")),
        sa.ForeignKeyConstraint(["remarking_id"], ["remarking.id"], name=op.f("fk_remark_remarking_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_remark")),
        sa.UniqueConstraint("remarking_id", "entry_id", name=op.f("uq_remark_remarking_id_entry_id")),
    )
    with op.batch_alter_table("remark", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_remark_assignment_id"), ["assignment_id"], unique=True)
        batch_op.create_index(batch_op.f("ix_remark_entry_id"), ["entry_id"], unique=False)

    op.create_table(
        "meeting_note",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["user.id"], name=op.f("fk_meeting_note_by_id")),
        sa.ForeignKeyConstraint(["item_id"], ["agenda_item.id"], name=op.f("fk_meeting_note_item_id")),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_meeting_note_meeting_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_note")),
    )
    with op.batch_alter_table("meeting_note", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_meeting_note_meeting_id"), ["meeting_id"], unique=False)

    op.create_table(
        "minute_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column(
            "step",
            sa.Enum(
                "opened",
                "roll",
                "arrived",
                "left",
                "taken_up",
                "noted",
                "proposed",
                "decided",
                "withdrawn",
                "ballot_opened",
                "ballot_closed",
                "paper_added",
                "act",
                "adjourned",
                "resumed",
                "closed",
                "signed",
                name="step",
                native_enum=False,
                length=20,
            ),
            nullable=False,
        ),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=True),
        sa.Column("entries", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("facts", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("audit_number", sa.Integer(), nullable=False),
        sa.Column("audit_hash", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["agenda_item.id"], name=op.f("fk_minute_line_item_id")),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_minute_line_meeting_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_minute_line")),
        sa.UniqueConstraint("meeting_id", "number", name=op.f("uq_minute_line_meeting_id_number")),
    )
    op.create_table(
        "proposal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("carried", sa.Boolean(), nullable=True),
        sa.ForeignKeyConstraint(["item_id"], ["agenda_item.id"], name=op.f("fk_proposal_item_id")),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_proposal_meeting_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposal")),
    )
    with op.batch_alter_table("proposal", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_proposal_meeting_id"), ["meeting_id"], unique=False)
        batch_op.create_index(
            "ix_proposal_open",
            ["meeting_id"],
            unique=True,
            sqlite_where=sa.text("settled_at IS NULL"),
            postgresql_where=sa.text("settled_at IS NULL"),
        )

    op.execute(
        """
        INSERT INTO interest (contest_id, user_id, entry_id, kind, state, note, reason, by_id, at)
        SELECT entry.contest_id, juror_id, entry_id, conflict.kind, 'declared', note, '', by_id, at
        FROM conflict JOIN entry ON entry.id = conflict.entry_id
        """
    )
    with op.batch_alter_table("conflict", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_conflict_entry_id"))

    op.drop_table("conflict")
    with op.batch_alter_table("assignment", schema=None) as batch_op:
        batch_op.add_column(sa.Column("advisory", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.create_index(
            "ix_assignment_progress",
            ["round_id", "juror_id", "entry_id", "recused_at", "advisory", "third", "sent_at", "id"],
            unique=False,
        )
        batch_op.create_check_constraint(batch_op.f("ck_assignment_third_counts"), "NOT (third AND advisory)")
    op.execute(
        """
        UPDATE assignment SET sent_at =
            (SELECT submitted_at FROM score_sheet WHERE assignment_id = assignment.id AND revision = 1)
        """
    )

    with op.batch_alter_table("byline", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_byline_email"), ["email"], unique=False)
        batch_op.create_index(batch_op.f("ix_byline_phone"), ["phone"], unique=False)

    with op.batch_alter_table("panel_member", schema=None) as batch_op:
        batch_op.add_column(sa.Column("quota", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("absent_from", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("absent_until", sa.Date(), nullable=True))
        batch_op.create_check_constraint(batch_op.f("ck_panel_member_quota_not_negative"), "quota >= 0")
        batch_op.create_check_constraint(batch_op.f("ck_panel_member_absence_in_order"), "absent_until >= absent_from")

    with op.batch_alter_table("round", schema=None) as batch_op:
        batch_op.add_column(sa.Column("unblinded_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("unblinded_by_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("unblinding_reason", sa.Text(), nullable=False, server_default=""))
        batch_op.create_foreign_key(batch_op.f("fk_round_unblinded_by_id"), "user", ["unblinded_by_id"], ["id"])
        batch_op.create_check_constraint(
            batch_op.f("ck_round_unblinded_after_sealing"), "unblinded_at IS NULL OR sealed_at IS NOT NULL"
        )

    with op.batch_alter_table("round_entry", schema=None) as batch_op:
        batch_op.add_column(sa.Column("shown_title", sa.String(length=400), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("shown_summary", sa.Text(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("links_shown", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column("telling", sa.JSON(none_as_null=True), nullable=False, server_default="[]"))
        batch_op.add_column(sa.Column("read_revision_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("first", sa.Boolean(), nullable=False, server_default=sa.false()))

    with op.batch_alter_table("sheet_draft", schema=None) as batch_op:
        batch_op.add_column(sa.Column("kept", sa.Integer(), nullable=False, server_default="0"))
        batch_op.add_column(sa.Column("kept_at", sa.DateTime(timezone=True), nullable=True))

    with op.batch_alter_table("user", schema=None) as batch_op:
        batch_op.add_column(sa.Column("seen_on", sa.Date(), nullable=True))


def downgrade() -> None:
    """Take the change back."""
    with op.batch_alter_table("user", schema=None) as batch_op:
        batch_op.drop_column("seen_on")

    with op.batch_alter_table("sheet_draft", schema=None) as batch_op:
        batch_op.drop_column("kept_at")
        batch_op.drop_column("kept")

    with op.batch_alter_table("round_entry", schema=None) as batch_op:
        batch_op.drop_column("first")
        batch_op.drop_column("read_revision_id")
        batch_op.drop_column("telling")
        batch_op.drop_column("links_shown")
        batch_op.drop_column("shown_summary")
        batch_op.drop_column("shown_title")

    with op.batch_alter_table("round", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_round_unblinded_after_sealing"), type_="check")
        batch_op.drop_constraint(batch_op.f("fk_round_unblinded_by_id"), type_="foreignkey")
        batch_op.drop_column("unblinding_reason")
        batch_op.drop_column("unblinded_by_id")
        batch_op.drop_column("unblinded_at")

    with op.batch_alter_table("panel_member", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_panel_member_quota_not_negative"), type_="check")
        batch_op.drop_constraint(batch_op.f("ck_panel_member_absence_in_order"), type_="check")
        batch_op.drop_column("absent_until")
        batch_op.drop_column("absent_from")
        batch_op.drop_column("quota")

    with op.batch_alter_table("byline", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_byline_phone"))
        batch_op.drop_index(batch_op.f("ix_byline_email"))

    with op.batch_alter_table("assignment", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_assignment_third_counts"), type_="check")
        batch_op.drop_index("ix_assignment_progress")
        batch_op.drop_column("sent_at")
        batch_op.drop_column("advisory")

    op.create_table(
        "conflict",
        sa.Column("id", sa.INTEGER(), nullable=False),
        sa.Column("juror_id", sa.INTEGER(), nullable=False),
        sa.Column("entry_id", sa.INTEGER(), nullable=False),
        sa.Column("kind", sa.VARCHAR(length=20), nullable=False),
        sa.Column("note", sa.VARCHAR(length=255), nullable=False),
        sa.Column("by_id", sa.INTEGER(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["user.id"], name=op.f("fk_conflict_by_id")),
        sa.ForeignKeyConstraint(["entry_id"], ["entry.id"], name=op.f("fk_conflict_entry_id")),
        sa.ForeignKeyConstraint(["juror_id"], ["user.id"], name=op.f("fk_conflict_juror_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conflict")),
        sa.UniqueConstraint("juror_id", "entry_id", "kind", name=op.f("uq_conflict_juror_id_entry_id_kind")),
    )
    with op.batch_alter_table("conflict", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_conflict_entry_id"), ["entry_id"], unique=False)

    op.execute(
        """
        INSERT INTO conflict (juror_id, entry_id, kind, note, by_id, at)
        SELECT user_id, entry_id, 'declared', note, by_id, at
        FROM interest WHERE state = 'declared' AND kind = 'declared' AND ended_at IS NULL
        """
    )
    with op.batch_alter_table("proposal", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_proposal_open",
            sqlite_where=sa.text("settled_at IS NULL"),
            postgresql_where=sa.text("settled_at IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_proposal_meeting_id"))

    op.drop_table("proposal")
    op.drop_table("minute_line")
    with op.batch_alter_table("meeting_note", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_meeting_note_meeting_id"))

    op.drop_table("meeting_note")
    with op.batch_alter_table("remark", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_remark_entry_id"))
        batch_op.drop_index(batch_op.f("ix_remark_assignment_id"))

    op.drop_table("remark")
    op.drop_table("meeting_presence")
    op.drop_table("juror_note")
    op.drop_table("draft_revision")
    op.drop_table("agenda_item")
    op.drop_table("shared_marking")
    op.drop_table("reminder_plan")
    op.drop_table("reminder")
    op.drop_table("remarking")
    with op.batch_alter_table("redacted_copy", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_redacted_copy_sha256"))
        batch_op.drop_index(
            "ix_redacted_copy_in_force",
            sqlite_where=sa.text("removed_at IS NULL"),
            postgresql_where=sa.text("removed_at IS NULL"),
        )

    op.drop_table("redacted_copy")
    with op.batch_alter_table("meeting", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_meeting_running",
            sqlite_where=sa.text("stage IN ('called', 'open', 'adjourned')"),
            postgresql_where=sa.text("stage IN ('called', 'open', 'adjourned')"),
        )

    op.drop_table("meeting")
    op.drop_table("looked_through")
    op.drop_table("assignment_plan")
    with op.batch_alter_table("interest", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_interest_in_force",
            sqlite_where=sa.text("ended_at IS NULL"),
            postgresql_where=sa.text("ended_at IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_interest_entry_id"))
        batch_op.drop_index(batch_op.f("ix_interest_contest_id_user_id"))

    op.drop_table("interest")
    with op.batch_alter_table("tie", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_tie_contest_id_user_id"))

    op.drop_table("tie")
    op.drop_table("declaration")
