"""Remember which window typed last."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for name in ("sheet_draft", "juror_note"):
        with op.batch_alter_table(name, schema=None) as batch_op:
            batch_op.add_column(sa.Column("window", sa.String(36), nullable=False, server_default=""))
            batch_op.add_column(sa.Column("turn", sa.Integer(), nullable=False, server_default="0"))
    with op.batch_alter_table("entry", schema=None) as batch_op:
        batch_op.add_column(sa.Column("part_turns", sa.JSON(none_as_null=True), nullable=False, server_default="{}"))


def downgrade() -> None:
    with op.batch_alter_table("entry", schema=None) as batch_op:
        batch_op.drop_column("part_turns")
    for name in ("juror_note", "sheet_draft"):
        with op.batch_alter_table(name, schema=None) as batch_op:
            batch_op.drop_column("turn")
            batch_op.drop_column("window")
