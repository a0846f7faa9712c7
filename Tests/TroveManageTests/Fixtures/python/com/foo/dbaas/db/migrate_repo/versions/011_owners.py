"""Owners, by way of a session."""

import datetime

from sqlalchemy import Boolean, Column, DateTime, ForeignKey, Integer, MetaData, String, Table
from sqlalchemy.ext.declarative import declarative_base
from sqlalchemy.orm import relationship, sessionmaker

Base = declarative_base()


class Owner(Base):
    __tablename__ = "foo_owners"

    id = Column(Integer, primary_key=True)
    name = Column(String(64), unique=True, nullable=False)
    since = Column(DateTime)
    keys = relationship("Key", back_populates="owner", cascade="all, delete-orphan")


class Key(Base):
    __tablename__ = "foo_keys"

    id = Column(Integer, primary_key=True)
    owner_id = Column(Integer, ForeignKey("foo_owners.id"), nullable=False)
    text = Column(String(200))
    revoked = Column(Boolean(create_constraint=False), default=False)
    owner = relationship("Owner", back_populates="keys")


def upgrade(migrate_engine):
    Base.metadata.create_all(migrate_engine)
    servers = Table("foo_servers", MetaData(), autoload=True, autoload_with=migrate_engine)

    Session = sessionmaker(bind=migrate_engine)
    session = Session()
    tenants = session.query(servers.c.tenant).distinct().order_by(servers.c.tenant)
    names = [row.tenant for row in tenants]
    for index, name in enumerate(names):
        owner = Owner(name=name, since=datetime.datetime(2015, 1, 1 + index))
        owner.keys = [Key(text="%s/%d" % (name, number)) for number in range(3)]
        session.add(owner)
    session.commit()

    # What was added is found, changed, removed.
    first = session.query(Owner).order_by(Owner.id).first()
    first.name = first.name.upper() + " ß"
    session.delete(session.query(Key).filter_by(owner=first).order_by(Key.id).first())
    second = session.query(Key).filter(Key.text.like("%/2"))
    second.update({"revoked": True}, synchronize_session=False)
    session.commit()

    # A flush that is taken back.
    session.add(Owner(name="never"))
    session.flush()
    session.rollback()

    owner = session.query(Owner).filter(Owner.name == names[-1]).one()
    owner.keys.append(Key(text="last", revoked=None))
    session.commit()
    session.close()


def downgrade(migrate_engine):
    Base.metadata.drop_all(bind=migrate_engine)
