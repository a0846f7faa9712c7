"""PostgreSQL servers of the suite's own: each ends by its own process, never by a name."""

from __future__ import annotations

import os
import random
import shutil
import signal
import socket
import subprocess
import time
from pathlib import Path

from libpq import PostgresError, Session
from program import wait_until

# A server that nobody stops, because the suite was killed, ends by itself.
LIFETIME = "3600"


def binaries() -> Path:
    """The folder of the newest server's programs."""
    found = sorted(
        Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: float(path.parts[4]))
    initdb = str(found[-1]) if found else shutil.which("initdb")
    if not initdb:
        raise SystemExit("faults: no PostgreSQL server (Debian: apt-get install postgresql)")
    return Path(initdb).parent


def as_owner() -> list[str]:
    """What stands before a command that refuses to run as root."""
    return ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []


def free_port() -> int:
    """A port of the loopback that is free and not among those that the system gives out."""
    while True:
        port = random.randint(20000, 32000)
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
                return port
            except OSError:
                continue


class Cluster:
    """A server with its data folder; the user trove needs no password on the loopback."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = free_port()
        self.settings = [
            "listen_addresses=127.0.0.1", f"unix_socket_directories={folder}",
            "max_connections=200", "fsync=off", "timezone=UTC",
        ]
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def conninfo(self) -> str:
        """How libpq reaches the server."""
        return f"host=127.0.0.1 port={self.port} user=trove"

    def url(self, database: str) -> str:
        """The URL of a database."""
        return f"postgresql://trove@127.0.0.1:{self.port}/{database}"

    def start(self) -> None:
        """Starts the server and waits until it answers."""
        options = [word for setting in self.settings for word in ("-c", setting)]
        with (self.folder / "server.log").open("ab") as log:
            self._process = subprocess.Popen(
                ["timeout", "--signal=INT", LIFETIME, *as_owner(), binaries() / "postgres",
                 "-D", self.folder / "data", "-p", str(self.port), *options],
                stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd=self.folder,
                start_new_session=True)
        wait_until(f"a server on port {self.port}", self._answers)

    def stop(self, how: signal.Signals = signal.SIGINT) -> None:
        """Stops the server: SIGINT is the fast shutdown, SIGQUIT the immediate one."""
        if self._process is None:
            return
        try:
            postmaster = int((self.folder / "data/postmaster.pid").read_text().split()[0])
            os.kill(postmaster, how)
        except (OSError, ValueError, IndexError):
            self._process.terminate()
        self._process.wait(60)
        self._process = None

    def promote(self) -> None:
        """Makes a standby a primary, and waits until it is one."""
        with Session(f"{self.conninfo} dbname=postgres") as session:
            session.query("SELECT pg_promote()")
            wait_until("the end of recovery", lambda: session.query(
                "SELECT pg_is_in_recovery()") == [("f",)])

    def standby(self, folder: Path) -> Cluster:
        """Makes and starts a standby, for which every commit waits from then on."""
        standby = Cluster(folder)
        make_folder(folder)
        subprocess.run(
            [*as_owner(), binaries() / "pg_basebackup", "-D", folder / "data", "-d", self.conninfo,
             "--write-recovery-conf", "--checkpoint=fast", "--wal-method=stream", "--no-sync"],
            check=True, capture_output=True, cwd=folder)
        standby.start()
        with Session(f"{self.conninfo} dbname=postgres") as session:
            wait_until("a streaming standby", lambda: session.query(
                "SELECT state FROM pg_stat_replication") == [("streaming",)])
            session.query("ALTER SYSTEM SET synchronous_standby_names = '*'")
            session.query("SELECT pg_reload_conf()")
            wait_until("a synchronous standby", lambda: session.query(
                "SELECT sync_state FROM pg_stat_replication") == [("sync",)])
        return standby

    def _answers(self) -> bool:
        if self._process is not None and self._process.poll() is not None:
            raise PostgresError((self.folder / "server.log").read_text()[-2000:])
        try:
            with Session(f"{self.conninfo} dbname=postgres connect_timeout=5"):
                return True
        except PostgresError:
            time.sleep(0.02)
            return False


def make_folder(folder: Path) -> None:
    """Makes a folder that belongs to the servers' user."""
    folder.mkdir()
    folder.chmod(0o755)
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres", "postgres")


class ClusterFactory:
    """Makes clusters as copies of one that initdb made, and stops those that still run."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._started: list[Cluster] = []

    def start(self, name: str) -> Cluster:
        """Makes and starts a fresh cluster; its name is that of its folder."""
        template = self._folder / "template"
        if not template.exists():
            make_folder(template)
            subprocess.run(
                [*as_owner(), binaries() / "initdb", "-D", template / "data", "--username=trove",
                 "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"],
                check=True, capture_output=True, cwd=template)
        folder = self._folder / name
        make_folder(folder)
        subprocess.run(["cp", "-a", template / "data", folder / "data"], check=True)
        cluster = Cluster(folder)
        cluster.start()
        return self.adopt(cluster)

    def adopt(self, cluster: Cluster) -> Cluster:
        """Stops the cluster, too, when the suite ends."""
        self._started.append(cluster)
        return cluster

    def discard(self, cluster: Cluster) -> None:
        """Stops a cluster at once and removes it."""
        cluster.stop(signal.SIGQUIT)
        shutil.rmtree(cluster.folder, ignore_errors=True)
        self._started.remove(cluster)

    def stop(self) -> None:
        """Stops all clusters."""
        for cluster in self._started:
            cluster.stop(signal.SIGQUIT)
        self._started = []
