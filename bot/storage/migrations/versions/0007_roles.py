"""Who may do what behind the bot, the links that give a role, and the log of what was done with one."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.create_table(
        "role_invitation",
        # The hash of the link's token: the database alone lets nobody in.
        sa.Column("token", sa.LargeBinary, primary_key=True),
        sa.Column("role", sa.Text, nullable=False),
        sa.Column("label", sa.Text, nullable=False),
        sa.Column("expires_at", sa.BigInteger, nullable=False),
    )
    op.create_table(
        "role_holder",
        sa.Column("pseudonym", sa.LargeBinary, primary_key=True),
        sa.Column("role", sa.Text, primary_key=True),
        # A random name: the log names it, and leads to nobody once this row is gone.
        sa.Column("holder", sa.Text, nullable=False, unique=True),
        sa.Column("label", sa.Text, nullable=False),
        sa.Column("locale", sa.Text, nullable=False),
        sa.Column("address", sa.LargeBinary, nullable=False),
        sa.Column("since_at", sa.BigInteger, nullable=False),
    )
    op.create_table(
        "audit",
        sa.Column("number", sa.BigInteger().with_variant(sa.Integer, "sqlite"), primary_key=True, autoincrement=True),
        sa.Column("done_at", sa.BigInteger, nullable=False),
        sa.Column("holder", sa.Text, nullable=False),
        sa.Column("act", sa.Text, nullable=False),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sqlite_autoincrement=True,
    )
    forbid = _FORBID_IN_POSTGRESQL if op.get_bind().dialect.name == "postgresql" else _FORBID_IN_SQLITE
    for statement in forbid:
        op.execute(statement)


_FORBID_IN_SQLITE = [
    f"CREATE TRIGGER audit_no_{act.lower()} BEFORE {act} ON audit BEGIN SELECT RAISE(ABORT, 'the log only grows'); END"
    for act in ("UPDATE", "DELETE")
]
_FORBID_IN_POSTGRESQL = [
    (
        "CREATE FUNCTION audit_only_grows() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'the log only grows'; END $$"
    ),
    (
        "CREATE TRIGGER audit_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON audit "
        "FOR EACH STATEMENT EXECUTE FUNCTION audit_only_grows()"
    ),
]
