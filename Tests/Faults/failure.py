"""What a check says when it fails."""

from __future__ import annotations


class Failure(Exception):
    """Something else was found than what was expected."""

    def __init__(self, expected: str, found: object) -> None:
        super().__init__(f"expected: {expected}\nfound: {found}")
