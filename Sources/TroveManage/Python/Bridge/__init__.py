"""Python's side of trove-manage: runs sqlalchemy-migrate's Python versions on its connection."""
