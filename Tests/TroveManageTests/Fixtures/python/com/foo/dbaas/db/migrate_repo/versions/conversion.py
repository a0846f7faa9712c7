"""Conversions that more than one version needs."""

import json


def to_megabytes(gigabytes):
    """Megabytes, or None for None."""
    return None if gigabytes is None else int(round(gigabytes * 1024))


def to_pairs(text):
    """The keys and values of a JSON document as sorted pairs; none for NULL and for nonsense."""
    if text is None:
        return []
    try:
        document = json.loads(text)
    except ValueError:
        return []
    return sorted(document.items())
