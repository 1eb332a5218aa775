"""Let an account of an office sign in."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the change."""
    op.create_table(
        "provider_question",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("state_hash", sa.String(length=64), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_provider_question")),
        sa.UniqueConstraint("state_hash", name=op.f("uq_provider_question_state_hash")),
    )
    with op.batch_alter_table("provider_question", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_provider_question_asked_at"), ["asked_at"], unique=False)

    op.create_table(
        "provider_account",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("issuer", sa.String(length=255), nullable=False),
        sa.Column("sub", sa.String(length=255), nullable=False),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_provider_account_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_provider_account")),
        sa.UniqueConstraint("issuer", "sub", name=op.f("uq_provider_account_issuer_sub")),
        sa.UniqueConstraint("user_id", "issuer", name=op.f("uq_provider_account_user_id_issuer")),
    )


def downgrade() -> None:
    """Take it back."""
    op.drop_table("provider_account")
    with op.batch_alter_table("provider_question", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_provider_question_asked_at"))

    op.drop_table("provider_question")
