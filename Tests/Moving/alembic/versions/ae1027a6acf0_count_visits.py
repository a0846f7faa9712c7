"""count visits"""

import sqlalchemy as sa
from alembic import op

revision = "ae1027a6acf0"
down_revision = "1975ea83b712"


def upgrade():
    op.add_column(
        "person", sa.Column("visits", sa.Integer, nullable=False, server_default=sa.text("0")))
    op.execute("UPDATE person SET visits = visits + 1")


def downgrade():
    op.drop_column("person", "visits")
