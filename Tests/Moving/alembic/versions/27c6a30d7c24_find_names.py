"""find names"""

from alembic import op

revision = "27c6a30d7c24"
down_revision = "ae1027a6acf0"


def upgrade():
    op.create_index("person_name", "person", ["name"])
    op.execute("UPDATE person SET visits = visits + 1")
    op.execute("INSERT INTO person VALUES (3, 'third', 0)")


def downgrade():
    op.execute("DELETE FROM person WHERE id = 3")
    op.execute("UPDATE person SET visits = visits - 1")
    op.drop_index("person_name", "person")
