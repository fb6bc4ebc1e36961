"""How large a form and its answers may be."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Each is generous for real forms (the longest public one of the sector has 317 questions) and keeps a broken or
    hostile file from holding up the rest."""

    file_bytes: int = 5_000_000
    unpacked_bytes: int = 60_000_000
    zip_members: int = 500
    cell_length: int = 20_000
    rows: int = 20_000
    questions: int = 2_000
    choices: int = 2_000
    external_rows: int = 10_000
    depth: int = 8
    expression_length: int = 8_000
    repeat_count: int = 100
    text_length: int = 4_096
    pattern_length: int = 500
    matched_length: int = 1_000
