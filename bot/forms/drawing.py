"""Draws that are the same each time they are made in one session."""

import hashlib


def draw(seed: str, key: str) -> bytes:
    """32 bytes that nobody can tell without the seed."""
    return hashlib.sha256(f"{seed}/{key}".encode()).digest()
