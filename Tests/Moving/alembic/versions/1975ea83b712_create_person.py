"""create person"""

import sqlalchemy as sa
from alembic import op

revision = "1975ea83b712"
down_revision = None


def upgrade():
    person = op.create_table(
        "person",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("name", sa.String(50), nullable=False))
    op.bulk_insert(person, [{"id": 1, "name": "first"}])


def downgrade():
    op.drop_table("person")
