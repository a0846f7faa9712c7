"""Disks that are full: the run fails and leaves what was there, and goes on when there is room."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

from database import Database
from failure import Failure
from libpq import Session
from scripts import Script, family
from sites import Site
from suite import Bench, Case, Scenario, Workplace


class SmallDisk:
    """A file system in memory with little room, unmounted when the case is over."""

    def __init__(self, place: Workplace, size: str) -> None:
        self.folder = place.folder / "disk"
        self.folder.mkdir()
        options = f"size={size},mode=755,uid={os.geteuid()}"
        self._call("mount", "-t", "tmpfs", "-o", options, "tmpfs", str(self.folder))
        place.cleanup.callback(self._call, "umount", str(self.folder))

    def enlarge(self, size: str) -> None:
        """Makes room."""
        self._call("mount", "-o", f"remount,size={size}", str(self.folder))

    def fill(self, room: int) -> Path:
        """Writes a file that leaves so many bytes of room."""
        ballast = self.folder / "ballast"
        ballast.write_bytes(bytes(max(0, shutil.disk_usage(self.folder).free - room)))
        return ballast

    @staticmethod
    def _call(*words: str) -> None:
        prefix = [] if os.geteuid() == 0 else ["sudo", "-n"]
        try:
            subprocess.run([*prefix, *words], check=True, capture_output=True, text=True)
        except (OSError, subprocess.CalledProcessError) as error:
            raise Failure(
                "a small file system to fill: root, or sudo without a password, must mount it",
                f"{error} {getattr(error, 'stderr', '')}".strip()) from None


def check_full(site: Site, names: tuple[str, ...]) -> bool:
    """A run that finds no room fails, names what is to be named, and changes nothing.

    Returns whether it found no room; one that did may have ended well.
    """
    before = site.database.contents(site.family)
    outcome = site.run()
    if outcome.status == 0:
        site.check_end()
        return False
    missing = [name for name in names if name not in outcome.errors]
    if outcome.status != 1 or missing:
        raise Failure(f"exit 1 and {names}", outcome.text)
    site.check_report(outcome)
    site.check_between(frozenset(before.applied))
    after = site.database.contents(site.family)
    if site.mode == "run" and after != before:
        raise Failure(f"what was there before: {before}", after)
    return True


def too_much(scenario: Scenario, mode: str) -> None:
    """A script needs more room than there is."""
    is_sqlite = scenario.engine == "sqlite"
    numbers = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 8000)"
    filling = "hex(randomblob(900))" if is_sqlite else "repeat('x', 1800)"
    large = family(mode).adding(Script("core", 6, (
        "CREATE TABLE heavy (id INTEGER PRIMARY KEY, filling TEXT)",
        f"INSERT INTO heavy {numbers} SELECT i, {filling} FROM n",
    )))

    def attempt(
        place: Workplace, disk: SmallDisk, database: Database, named: tuple[str, ...]
    ) -> bool:
        site = place.site(mode, database)
        first = site.run()
        if first.status != 0:
            raise Failure("exit 0 of a run with room enough", first.text)
        site.grow(large)
        found = check_full(site, named)
        disk.enlarge("64m")
        site.resume(was_cut=found)
        return found

    def body(place: Workplace) -> bool:
        disk = SmallDisk(place, "1m" if is_sqlite else "6m")
        if is_sqlite:
            database = place.in_folder(disk.folder / "db")
            return attempt(place, disk, database, (str(database.file), "make room"))
        return in_tablespace(place, disk)

    def in_tablespace(place: Workplace, disk: SmallDisk) -> bool:
        location = disk.folder / "space"
        location.mkdir()
        if os.geteuid() == 0:
            shutil.chown(location, "postgres", "postgres")
        server, name = scenario.bench.server, f"small_{mode}"
        session = Session(f"{server.conninfo} dbname=postgres")
        place.cleanup.callback(session.close)
        session.query(f"CREATE TABLESPACE {name} LOCATION '{location}'")
        place.cleanup.callback(session.query, f"DROP TABLESPACE {name}")
        return attempt(place, disk, place.on(server, tablespace=name), ("[53100]",))

    scenario.perform([Case(f"{mode}: too much for the disk", body)], "full disks", 1)


def little_room(scenario: Scenario, mode: str) -> None:
    """Disks with a random amount of room, so that it ends at any place of a run."""
    amount = scenario.bench.amount(4, 40)
    # Spread, so that some are surely too small.
    rooms = [0] + [int((n + scenario.random.random()) * 240_000 / amount) for n in range(amount)]

    def case(room: int) -> Case:
        def body(place: Workplace) -> bool:
            disk = SmallDisk(place, "1m")
            database = place.in_folder(disk.folder / "db")
            ballast = disk.fill(room)
            site = place.site(mode, database)
            found = check_full(site, (str(database.file), "make room"))
            ballast.unlink()
            site.resume(was_cut=found)
            return found

        return Case(f"{mode}: room for {room} bytes", body)

    scenario.perform([case(room) for room in rooms], "full disks", amount // 3)


def all_of(bench: Bench, modes: tuple[str, ...]) -> None:
    """Performs every scenario of this module."""
    for mode in modes:
        for engine in bench.tallies:
            bench.perform(f"a full disk {mode}", engine, lambda s: too_much(s, mode))
        bench.perform(f"little room {mode}", "sqlite", lambda s: little_room(s, mode))
