"""Runs through pgbouncer, killed and beside each other."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

from concurrency import together
from failure import Failure
from kills import kill_after, kill_at, kill_case
from libpq import PostgresError, Session
from moments import moments
from postgres import LIFETIME, Cluster, as_owner, free_port, make_folder
from program import wait_until
from scripts import family
from suite import Bench, Case, Scenario, Workplace


class Pooler:
    """A pgbouncer before a server, in one of its modes; it takes every database's name."""

    def __init__(self, folder: Path, server: Cluster, mode: str) -> None:
        self.port = free_port()
        make_folder(folder)
        users, conf = folder / "users.txt", folder / "pgbouncer.ini"
        users.write_text('"trove" ""\n')
        conf.write_text(
            f"[databases]\n* = host=127.0.0.1 port={server.port}\n[pgbouncer]\n"
            f"listen_addr = 127.0.0.1\nlisten_port = {self.port}\nunix_socket_dir =\n"
            f"auth_type = trust\nauth_file = {users}\npool_mode = {mode}\nmax_client_conn = 500\n"
            "default_pool_size = 20\n")
        for path in (users, conf):
            path.chmod(0o644)
        program = shutil.which("pgbouncer", path=f"{os.environ['PATH']}:/usr/sbin")
        if not program:
            raise SystemExit("faults: no pgbouncer (Debian: apt-get install pgbouncer)")
        self._log = folder / "pgbouncer.log"
        with self._log.open("wb") as log:
            self._process = subprocess.Popen(
                ["timeout", LIFETIME, *as_owner(), program, conf], stdin=subprocess.DEVNULL,
                stdout=log, stderr=log, cwd=folder, start_new_session=True)
        wait_until(f"a pooler on port {self.port}", self._answers)

    def url(self, database: str) -> str:
        """The URL of a database behind the pooler."""
        return f"postgresql://trove@127.0.0.1:{self.port}/{database}"

    def stop(self) -> None:
        """Ends the pooler; timeout hands the signal on. One that has ended before is a Failure."""
        if (status := self._process.poll()) is not None:
            said = self._log.read_text(errors="replace")[-2000:]
            raise Failure("a pooler that runs to the end", f"exit {status}\n{said}")
        self._process.terminate()
        self._process.wait(30)

    def _answers(self) -> bool:
        try:
            with Session(f"host=127.0.0.1 port={self.port} user=trove dbname=postgres"):
                return True
        except PostgresError:
            return False


def through_pooler(scenario: Scenario, pool_mode: str, mode: str) -> None:
    """Kills runs, and lets several go at once."""
    bench = scenario.bench
    server = bench.server
    pooler = Pooler(scenario.folder / "pooler", server, pool_mode)
    amount = bench.amount(3, 16)
    scripts = family(mode, speaks=True)
    points = sorted(scenario.random.sample(scripts.points(scenario.engine), amount))
    disturbances = [(f"killed after point {point}", kill_at(point)) for point in points]
    disturbances += [
        (f"killed {moment}", kill_after(moment)) for moment in moments(scenario, mode, amount)
    ]

    def case(number: int) -> Case:
        label, disturb = disturbances[number]

        def body(place: Workplace) -> bool:
            site = place.site(mode, place.on(server, pooler.url), scripts=scripts)
            return kill_case(site, disturb, bool(number % 2))

        return Case(f"{pool_mode}, {mode}: {label}", body)

    def beside(place: Workplace) -> bool:
        return together(place.site(mode, place.on(server, pooler.url)), 8)

    try:
        cases = [case(number) for number in range(len(disturbances))]
        scenario.perform(cases, "killed", amount)
        runs = bench.amount(1, 5)
        scenario.perform(
            [Case(f"{pool_mode}, {mode}: 8 runs", beside)] * runs, "8 at once", runs, workers=1)
    finally:
        pooler.stop()


def refused(scenario: Scenario, mode: str) -> None:
    """A script outside a transaction needs a session of its own, which no such pool gives."""
    server = scenario.bench.server
    pooler = Pooler(scenario.folder / "pooler", server, "transaction")

    def body(place: Workplace) -> bool:
        database = place.on(server, pooler.url)
        site = place.site(mode, database)
        before = database.contents(site.family)
        outcome = site.run()
        if outcome.status != 1 or "pool_mode = session" not in outcome.errors:
            raise Failure("exit 1 and 'pool_mode = session'", outcome.text)
        if (after := database.contents(site.family)) != before:
            raise Failure("a database as it was before the run", after)
        direct = site.run({"OS_DATABASE__CONNECTION": server.url(database.name)})
        if direct.status != 0:
            raise Failure("exit 0 of the run that goes to the server", direct.text)
        site.check_end()
        return True

    try:
        scenario.perform([Case(f"{mode}: refused", body)], "refused", 1)
    finally:
        pooler.stop()


def all_of(bench: Bench, modes: tuple[str, ...]) -> None:
    """Performs every scenario of this module."""
    for pool_mode in ("session", "transaction"):
        for mode in bench.some(modes):
            if (pool_mode, mode) == ("transaction", "outside"):
                bench.perform(f"pgbouncer {pool_mode} {mode}", "postgresql",
                              lambda s: refused(s, mode))
            else:
                bench.perform(f"pgbouncer {pool_mode} {mode}", "postgresql",
                              lambda s: through_pooler(s, pool_mode, mode))
