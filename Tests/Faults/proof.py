"""Databases that are deliberately wrong: the checks of the suite must say so."""

from __future__ import annotations

import os
import sqlite3
import subprocess
from collections.abc import Callable

import pythons
from concurrency import hold
from database import PostgresDatabase, SQLiteDatabase
from failure import Failure
from scripts import family
from sites import Site, Tally
from suite import Bench, Case, Scenario, Workplace

# What is done to a finished database, and the count of the tally that must notice, if any does.
_WRONGS = (
    ("INSERT INTO applied VALUES ('core', 2)", "twice"),
    ("DELETE FROM applied WHERE version = 2", "lost"),
    ("DELETE FROM trove_migrate_journal WHERE to_version = 3", "lost"),
    ("UPDATE core_version SET version = 4", "lost"),
    ("DELETE FROM child WHERE id = 1", ""),
    ("CREATE TABLE trove_migrate_progress AS SELECT 1 AS id", ""),
    ("DROP TABLE item", ""),
)
_INVALID = "UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'item_label'::regclass"


def spoil(site: Site, statement: str) -> None:
    """Executes a statement on the site's database."""
    if isinstance(site.database, PostgresDatabase):
        with site.database.session() as session:
            session.query(statement)
        return
    assert isinstance(site.database, SQLiteDatabase)
    with sqlite3.connect(site.database.file) as connection:
        connection.execute(statement)
    connection.close()


def expect_failure(
    site: Site, count: str, what: str, check: Callable[[], None] | None = None
) -> bool:
    """The check, unless named that of a finished run, must fail, and count what it found."""
    try:
        (check or site.check_end)()
    except Failure:
        if count and not getattr(site.tally, count):
            raise Failure(f"'{count}' to be counted after: {what}", site.tally) from None
        return True
    raise Failure(f"the checks to notice: {what}", "nothing")


def finished(place: Workplace, mode: str = "run") -> Site:
    """A site whose run is done, with a tally of its own."""
    site = place.site(mode)
    site.tally = Tally()
    if (outcome := site.run()).status != 0:
        raise Failure("exit 0 of an undisturbed run", outcome.text)
    site.check_end()
    return site


def noticed(scenario: Scenario) -> None:
    """Spoils finished databases in every way that the checks are for."""

    def wrong(statement: str, count: str) -> Case:
        def body(place: Workplace) -> bool:
            site = finished(place)
            spoil(site, statement)
            return expect_failure(site, count, statement)

        return Case(statement, body)

    def lock(place: Workplace) -> bool:
        site = finished(place)
        holder = hold(site, "BEGIN IMMEDIATE", "SELECT pg_advisory_lock(1)")
        try:
            return expect_failure(site, "locks", "a lock left behind")
        finally:
            holder.close()

    def survivor(place: Workplace) -> bool:
        site = place.site("python run")
        site.tally = Tally()
        assert site.interpreters
        # Something that stays, with the environment and the trace of an interpreter.
        process = subprocess.Popen(
            ["sleep", "60"], env={"PATH": os.environ["PATH"]} | site.interpreters.environment)
        (site.folder / pythons.LOADED).write_text(f"{process.pid}\n")
        try:
            return expect_failure(
                site, "survivors", "an interpreter that stays",
                lambda: site.check_interpreters(seconds=0.1))
        finally:
            process.kill()
            process.wait()

    def half(place: Workplace) -> bool:
        site = place.site("version", scripts=family("version").until(2))
        if (outcome := site.run()).status != 0:
            raise Failure("exit 0 of an undisturbed run", outcome.text)
        site.grow(family("run"))
        site.mode = "run"
        try:
            site.check_between()
        except Failure:
            return True
        raise Failure("the checks to notice half a run", "nothing")

    def idle(place: Workplace) -> bool:
        # A fault that comes too late is none: a scenario of such must fail.
        trial = Scenario(place.bench, f"{scenario.name} trial", scenario.engine)
        try:
            trial.perform([Case("too late", lambda _: False)], "killed", 1)
        except Failure:
            return True
        raise Failure("a scenario in which nothing happened to fail", "it passed")

    cases = [wrong(*each) for each in _WRONGS]
    cases += [
        Case("a lock", lock), Case("an interpreter", survivor), Case("half a run", half),
        Case("nothing happens", idle),
    ]
    if scenario.engine == "postgresql":
        cases.append(wrong(_INVALID, ""))
    scenario.perform(cases, "noticed", len(cases))


def all_of(bench: Bench, _: tuple[str, ...]) -> None:
    """Performs every scenario of this module."""
    for engine in bench.tallies:
        bench.perform("checks notice", engine, noticed)
