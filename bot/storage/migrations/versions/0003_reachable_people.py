"""People who agreed to be written to: where, what for, and what they told of themselves."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    # Sealed; there only for who agreed to be written to.
    op.add_column("person", sa.Column("address", sa.LargeBinary))
    op.add_column("person", sa.Column("agreed_at", sa.BigInteger))
    op.add_column("person", sa.Column("country", sa.Text, nullable=False, server_default=""))
    op.add_column("person", sa.Column("stakeholder", sa.Text, nullable=False, server_default=""))
    op.create_table(
        "follow",
        sa.Column("pseudonym", sa.LargeBinary, primary_key=True),
        sa.Column("subject", sa.Text, primary_key=True),
        sa.Column("since_at", sa.BigInteger, nullable=False),
    )
    op.create_index("follow_subject", "follow", ["subject", "pseudonym"])
