from migrate.changeset.schema import rename_table
from sqlalchemy import Index, MetaData, Numeric, String, Table

meta = MetaData()


def upgrade(migrate_engine):
    meta.bind = migrate_engine
    regions = Table("foo_servers", meta, autoload=True).c.region_id.foreign_keys
    assert [key.column.table.name for key in regions] == ["foo_regions"]

    settings = Table("foo_settings", meta, autoload=True)
    settings.rename("foo_options")
    settings.c.name.alter(name="key", type=String(80))
    settings.c.value.alter(name="Value")

    events = Table("foo_events", meta, autoload=True)
    events.c.amount.alter(type=Numeric(14, 6))
    samples = Table("foo_samples", meta, autoload=True)
    rename_table(samples, "foo More Samples")
    Index("foo Samples value", samples.c.value).create()


def downgrade(migrate_engine):
    meta.bind = migrate_engine
    samples = Table("foo More Samples", meta, autoload=True)
    for index in list(samples.indexes):
        index.drop()
    rename_table(samples, "foo_samples")
    events = Table("foo_events", meta, autoload=True)
    events.c.amount.alter(type=Numeric(12, 4))

    options = Table("foo_options", meta, autoload=True)
    options.c.Value.alter(name="value")
    options.c.key.alter(name="name", type=String(64))
    options.rename("foo_settings")
