"""Commits whose answer never comes: a network that breaks at the worst moment."""

from __future__ import annotations

import socket
import threading

from failure import Failure
from servers import check_cut
from suite import Bench, Case, Scenario, Workplace

# A simple query of the protocol, as the program sends it.
_COMMIT = b"COMMIT\n;\n\0"


class Wire:
    """Stands before a server and breaks the connection at one of the commits.

    The commit with the number `fatal`, from 1, is handed to the server and its answer is kept back, or
    it is not handed over at all. Every other connection goes through.
    """

    def __init__(self, port: int, fatal: int, is_handed_over: bool) -> None:
        self._server = ("127.0.0.1", port)
        self._fatal = fatal
        self._is_handed_over = is_handed_over
        self.commits = 0
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        threading.Thread(target=self._listen, daemon=True).start()

    def url(self, database: str) -> str:
        """The URL of a database behind the wire."""
        return f"postgresql://trove@127.0.0.1:{self.port}/{database}?sslmode=disable&gssencmode=disable"

    def close(self) -> None:
        """Lets nobody in any more."""
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()

    def _listen(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            server = socket.create_connection(self._server)
            threading.Thread(target=self._ask, args=(client, server), daemon=True).start()
            threading.Thread(target=self._pass, args=(server, client), daemon=True).start()

    def _ask(self, client: socket.socket, server: socket.socket) -> None:
        """Passes on what the client says, up to the fatal commit."""
        while data := self._receive(client):
            if data.endswith(_COMMIT):
                self.commits += 1
                if self.commits == self._fatal:
                    # Nothing of the server's reaches the client from here on.
                    client.shutdown(socket.SHUT_RDWR)
                    if self._is_handed_over:
                        # The server has committed before it reads the end.
                        server.sendall(data)
                    break
            server.sendall(data)
        server.shutdown(socket.SHUT_WR)

    def _pass(self, server: socket.socket, client: socket.socket) -> None:
        while data := self._receive(server):
            try:
                client.sendall(data)
            except OSError:
                pass
        client.close()

    @staticmethod
    def _receive(end: socket.socket) -> bytes:
        try:
            return end.recv(65536)
        except OSError:
            return b""


def lost_answers(scenario: Scenario, mode: str) -> None:
    """Breaks the connection at each commit of a run, before and after the server gets it."""
    server = scenario.bench.server

    def undisturbed(place: Workplace) -> bool:
        wire = Wire(server.port, 0, False)
        place.cleanup.callback(wire.close)
        site = place.site(mode, place.on(server, wire.url))
        if (outcome := site.run()).status != 0:
            raise Failure("exit 0 of an undisturbed run", outcome.text)
        counts.append(wire.commits)
        return True

    counts: list[int] = []
    scenario.perform([Case(f"{mode}: undisturbed", undisturbed)], "undisturbed", 1)

    def case(fatal: int, is_handed_over: bool) -> Case:
        def body(place: Workplace) -> bool:
            wire = Wire(server.port, fatal, is_handed_over)
            site = place.site(mode, place.on(server, wire.url))
            place.cleanup.callback(wire.close)
            outcome = site.run()
            expected = 0 if is_handed_over else 1
            asks = "asking the database" in outcome.errors
            if mode == "outside" and not asks:
                # Between the statements of a script it is the next run that asks.
                asks = "it finds out what became of the statement" in outcome.errors
                expected = 1
            if not asks or outcome.status != expected:
                raise Failure(f"exit {expected} of a run that asks the database", outcome.text)
            if outcome.status == 0:
                site.check_end()
            check_cut(site, outcome)
            return True

        way = "after" if is_handed_over else "before"
        return Case(f"{mode}: cut {way} commit {fatal}", body)

    numbers = range(1, counts[0] + 1)
    chosen = scenario.random.sample(numbers, min(len(numbers), scenario.bench.amount(6, 60)))
    cases = [case(fatal, handed) for fatal in chosen for handed in (True, False)]
    scenario.perform(cases, "answers lost", len(cases))


def all_of(bench: Bench, modes: tuple[str, ...]) -> None:
    """Performs every scenario of this module."""
    for mode in bench.some(modes):
        bench.perform(f"lost answers {mode}", "postgresql", lambda s: lost_answers(s, mode))
