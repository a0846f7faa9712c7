"""The text of a version in Python that the faults can meet anywhere."""

from __future__ import annotations

from collections.abc import Sequence

# Where a script stops for good when it is told to; long past any check that it is gone.
STALL = 120

# The file, in the folder of the case, in which the scripts name the process that loads them.
LOADED = "loaded.txt"

_TEXT = '''\
import os
import signal
import time

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

FOLDER = os.path.abspath(os.path.join(os.path.dirname(__file__), "..", ".."))
STATEMENTS = [
{statements}
]


def reach(point):
    """Does at a point what the environment says."""
    if os.environ.get("FAULTS_DIES") == str(point):
        os.kill(os.getpid(), signal.SIGKILL)
    if os.environ.get("FAULTS_STALLS") == str(point):
        time.sleep({stall})


def execute(connection, number):
    connection.execute(text(STATEMENTS[number]))
    point = {first} + number
    if {speaks}:
        print("point %d" % point)
        time.sleep(0.01)
    reach(point)


with open(os.path.join(FOLDER, {loaded!r}), "a") as file:
    file.write("%d\\n" % os.getpid())
reach("loading")


def upgrade(migrate_engine):
    undone = text("INSERT INTO applied VALUES ('undone', 0)")
    other = migrate_engine.connect()
    transaction = other.begin()
    other.execute(undone)
    transaction.rollback()
    with migrate_engine.begin() as connection:
        execute(connection, 0)
        with connection.begin_nested() as part:
            connection.execute(undone)
            part.rollback()
        try:
            with other.begin():
                other.execute(undone)
                other.execute(text("INSERT INTO missing VALUES (0)"))
        except DBAPIError:
            execute(connection, 1)
    other.close()
    for number in range(2, len(STATEMENTS)):
        with migrate_engine.connect() as connection:
            execute(connection, number)
'''


def text(statements: Sequence[str], first: int, speaks: bool) -> str:
    """A version that executes the statements, of which there are two or more.

    It also undoes some by the ways that there are, and goes on after one that fails. Behind each
    statement is a point; that of the first has the number `first`. There it does what the environment
    says: kills its own process for FAULTS_DIES, goes to sleep for FAULTS_STALLS. The point `loading` is
    where it is loaded. One that speaks says `point N`, and pauses.
    """
    return _TEXT.format(
        statements="\n".join(f"    {statement!r}," for statement in statements), stall=STALL,
        first=first, speaks=speaks, loaded=LOADED)
