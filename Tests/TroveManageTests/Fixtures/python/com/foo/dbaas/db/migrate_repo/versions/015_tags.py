"""Tags: a list where the engine has one, a document elsewhere."""

import json

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql


def _tags(migrate_engine, meta):
    if migrate_engine.name == "postgresql":
        kinds = sa.Enum("hot", "cold", "lau warm", name="foo_tag_kind")
        special = [
            sa.Column("words", postgresql.ARRAY(sa.String(30))),
            sa.Column("numbers", postgresql.ARRAY(sa.BigInteger, dimensions=1)),
            sa.Column("ident", postgresql.UUID),
            sa.Column("address", postgresql.INET),
            sa.Column("facts", postgresql.JSONB),
            sa.Column("zoned", sa.DateTime(timezone=True)),
            sa.Column("lasts", sa.Interval),
        ]
    else:
        kinds = sa.Enum("hot", "cold", "lau warm", name="foo_tag_kind", create_constraint=True)
        special = [sa.Column("words", sa.Text), sa.Column("lasts", sa.Interval)]
    return sa.Table(
        "foo_tags",
        meta,
        sa.Column("id", sa.Integer, sa.Sequence("foo_tags_id_seq"), primary_key=True),
        sa.Column("kind", kinds, nullable=False, server_default="cold"),
        *special
    )


def upgrade(migrate_engine):
    import datetime

    meta = sa.MetaData()
    meta.bind = migrate_engine
    tags = _tags(migrate_engine, meta)
    tags.create()
    rows = [["eins", "zw,ei", '"drei"', "vi\\er"], [], ["NULL", "{}", " é "], None]
    lasts = datetime.timedelta(days=3, seconds=4, microseconds=5)
    if migrate_engine.name == "postgresql":
        for index, words in enumerate(rows):
            tags.insert().execute(
                words=words,
                kind="lau warm",
                numbers=None if words is None else [len(words), -1, 2**62, None],
                ident="00000000-0000-4000-8000-00000000000%d" % index,
                address="10.0.0.%d/24" % index,
                facts={"words": words, "index": index, "pi": 3.14159},
                zoned=datetime.datetime(2016, 3, 4, 5, 6, 7, 8, tzinfo=datetime.timezone.utc),
                lasts=lasts * index,
            )
        found = [row.words for row in tags.select().order_by(tags.c.id).execute()]
        assert found == rows, found
        facts = [row[0] for row in sa.select([tags.c.facts]).order_by(tags.c.id).execute()]
        assert facts[1] == {"words": [], "index": 1, "pi": 3.14159}, facts
        assert sa.select([tags.c.id]).where(tags.c.words.any("zw,ei")).scalar() == 1
        tags.update().where(tags.c.words == ["NULL", "{}", " é "]).values(kind="hot").execute()
    else:
        for index, words in enumerate(rows):
            tags.insert().execute(
                words=json.dumps(words), kind="lau warm", lasts=lasts * index
            )
    tags.insert().execute(words=None)
    found = [row.lasts for row in tags.select().order_by(tags.c.id).execute()]
    assert found == [lasts * index for index in range(4)] + [None], found


def downgrade(migrate_engine):
    meta = sa.MetaData()
    meta.bind = migrate_engine
    tags = _tags(migrate_engine, meta)
    tags.drop()
