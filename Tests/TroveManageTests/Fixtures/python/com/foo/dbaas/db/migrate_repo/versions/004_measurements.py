# -*- coding: utf-8 -*-
"""Every kind of value there and back."""

import datetime
import decimal

import sqlalchemy as sa

from com.foo.dbaas.db.migrate_repo import schema

meta = sa.MetaData()

measurements = schema.Table(
    "foo_measurements",
    meta,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("small", sa.SmallInteger),
    sa.Column("big", sa.BigInteger),
    sa.Column("ratio", sa.Float(precision=53)),
    sa.Column("price", sa.Numeric(20, 6)),
    sa.Column("raw", sa.LargeBinary),
    sa.Column("day", sa.Date),
    sa.Column("moment", schema.DateTime()),
    sa.Column("clock", sa.Time),
    sa.Column("ok", schema.Boolean()),
    sa.Column("word", schema.String(20)),
    sa.Column("note", sa.UnicodeText),
    sa.Column("document", sa.JSON),
)

ROWS = [
    (1, 0, 0, 0.0, "0", b"", "2000-01-01", "2000-01-01 00:00:00", "00:00:00", False, "", ""),
    (
        2,
        32767,
        2**63 - 1,
        0.1,
        "0.000001",
        b"\x00",
        "1970-01-01",
        "1969-12-31 23:59:59.999999",
        "23:59:59.999999",
        True,
        "0",
        "a\u0301 is not \u00e1",
    ),
    (
        3,
        -32768,
        -(2**63),
        1.7976931348623157e308,
        "-12345678901234.5",
        bytes(range(256)),
        "9999-12-31",
        "9999-12-31 23:59:59.000001",
        "12:00:00.5",
        True,
        "NULL",
        "\U0001f418\r\n\t'\"\\%s%%(a)s:b?$1",
    ),
    (
        4,
        -1,
        2**53 + 1,
        5e-324,
        "100.10",
        b"\x00'\\\\000\xff\x00",
        "0001-01-01",
        "2016-02-29 12:34:56.78",
        "00:00:00.000001",
        False,
        "x" * 20,
        "%" * 70 + "\\'",
    ),
    (
        5,
        1,
        1,
        1.0 / 3.0,
        "1",
        b"\\x00",
        "2038-01-19",
        "2038-01-19 03:14:08",
        "1:2:3",
        True,
        "{}",
        "{1,2}",
    ),
    (6,) + (None,) * 11,
    (
        7,
        7,
        -7,
        -123456.789e-20,
        "7.7",
        b"seven",
        "2007-07-07",
        "2007-07-07 07:07:07",
        "7:7:7",
        None,
        "t",
        "f",
    ),
]

DOCUMENTS = {
    1: {},
    2: {"a": [1, 2.5, None, True, "é"]},
    3: "text",
    4: [],
    5: [12345678901234567890, 1e300],
}


def _time(text):
    pattern = "%H:%M:%S.%f" if "." in text else "%H:%M:%S"
    return datetime.datetime.strptime(text, pattern).time()


def _moment(text):
    pattern = "%Y-%m-%d %H:%M:%S.%f" if "." in text else "%Y-%m-%d %H:%M:%S"
    return datetime.datetime.strptime(text, pattern)


def _values(row):
    values = dict(zip((column.name for column in measurements.columns), row))
    for name, convert in [
        ("price", decimal.Decimal),
        ("day", lambda text: datetime.datetime.strptime(text, "%Y-%m-%d").date()),
        ("moment", _moment),
        ("clock", _time),
    ]:
        if values[name] is not None:
            values[name] = convert(values[name])
    return values


def upgrade(migrate_engine):
    meta.bind = migrate_engine
    schema.create_tables([measurements])
    for row in ROWS:
        values = _values(row)
        if row[0] in DOCUMENTS:
            values["document"] = DOCUMENTS[row[0]]
        migrate_engine.execute(measurements.insert(), values)

    found = migrate_engine.execute(measurements.select().order_by(measurements.c.id)).fetchall()
    for row, expected in zip(found, ROWS):
        for name, value in _values(expected).items():
            if name == "price" and value is not None:
                assert isinstance(row[name], decimal.Decimal), (name, row[name])
                # SQLite has no exact numbers, and SQLAlchemy reads its floats with so many places.
                assert abs(row[name] - value) < decimal.Decimal("0.001"), (name, row[name])
            else:
                assert row[name] == value, (name, row[name], value)
                assert type(row[name]) is type(value), (name, row[name], value)
        assert row["document"] == DOCUMENTS.get(row["id"]), row["document"]

    # What was read goes in again, under another id.
    for row in found:
        values = dict(row)
        values["id"] += 100
        migrate_engine.execute(measurements.insert().values(**values))


def downgrade(migrate_engine):
    meta.bind = migrate_engine
    schema.drop_tables([measurements])
