"""Rows that fail are told and left out."""

from sqlalchemy import Column, ForeignKey, Integer, MetaData, String, Table, exc

meta = MetaData()


def _tokens():
    return Table(
        "foo_tokens",
        meta,
        Column("id", Integer, primary_key=True),
        Column("token", String(20), nullable=False, unique=True),
        Column("event_id", Integer, ForeignKey("foo_events.id")),
    )


def upgrade(migrate_engine):
    meta.bind = migrate_engine
    Table("foo_events", meta, autoload=True)
    tokens = _tokens()
    tokens.create()

    failed = []
    connection = migrate_engine.connect()
    for token, event in [("a", 1), ("b", 2), ("a", 3), (None, 3), ("c", None), ("b", 1), ("d", 5)]:
        transaction = connection.begin()
        try:
            connection.execute(tokens.insert().values(token=token, event_id=event))
            transaction.commit()
        except exc.IntegrityError as error:
            transaction.rollback()
            failed.append((token, type(error.orig).__name__))
    connection.close()
    assert [token for token, _ in failed] == ["a", None, "b"], failed
    kept = [row.token for row in migrate_engine.execute(tokens.select().order_by(tokens.c.token))]
    assert kept == ["a", "b", "c", "d"], kept

    # Without a transaction of its own, too.
    try:
        migrate_engine.execute(tokens.insert(), token="d")
        raise AssertionError("the token is there twice")
    except exc.IntegrityError:
        migrate_engine.execute(tokens.insert(), token="e")

    # What is not there.
    for statement in ["SELECT * FROM foo_nothing", "DROP TABLE foo_nothing", "foo_nothing ("]:
        try:
            migrate_engine.execute(statement)
            raise AssertionError("%s succeeds" % statement)
        except (exc.OperationalError, exc.ProgrammingError) as error:
            assert "foo_nothing" in str(error)
    migrate_engine.execute(tokens.insert(), token="f")


def downgrade(migrate_engine):
    meta.bind = migrate_engine
    Table("foo_events", meta, autoload=True)
    _tokens().drop()
