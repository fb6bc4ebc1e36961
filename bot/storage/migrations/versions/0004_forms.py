"""Forms in the chat: sessions, the versions of forms they were begun with, and submissions."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.create_table(
        "form_version",
        sa.Column("fingerprint", sa.Text, primary_key=True),
        sa.Column("body", sa.Text, nullable=False),
    )
    op.create_table(
        "form_session",
        sa.Column("pseudonym", sa.LargeBinary, primary_key=True),
        sa.Column("form", sa.Text, primary_key=True),
        sa.Column("fingerprint", sa.Text, nullable=False),
        # Whether what the person says next belongs to it; of all sessions of a person at most one.
        sa.Column("is_active", sa.Integer, nullable=False),
        sa.Column("body", sa.LargeBinary, nullable=False),
        sa.Column("updated_at", sa.BigInteger, nullable=False),
    )
    op.create_index("form_session_updated", "form_session", ["updated_at"])
    op.create_table(
        "submission",
        # The receipt's code.
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("form", sa.Text, nullable=False),
        sa.Column("fingerprint", sa.Text, nullable=False),
        # Empty for who wished to stay anonymous: nothing then leads back to the person.
        sa.Column("pseudonym", sa.LargeBinary),
        sa.Column("locale", sa.Text, nullable=False),
        sa.Column("body", sa.LargeBinary, nullable=False),
        # The day, not the moment: a moment could tell who.
        sa.Column("submitted_on", sa.Text, nullable=False),
    )
    op.create_index("submission_form", "submission", ["form", "submitted_on"])
    op.create_index("submission_person", "submission", ["pseudonym"])
