"""Long texts as several messages, none of them cut."""

from collections.abc import Iterable

# Bot API, sendMessage: 4,096 UTF-16 units a message. A piece of so many characters fits in one, whatever they are.
LENGTH, PIECE = 3_600, 1_500


def split_text(text: str) -> list[str]:
    """Pieces that each fit in a message; at least one."""
    return [text[start : start + PIECE] for start in range(0, len(text), PIECE)] or [""]


def gather_blocks(blocks: Iterable[str]) -> list[str]:
    """As few messages as the blocks of HTML fit in."""
    messages: list[str] = []
    for block in blocks:
        if messages and _measure(messages[-1]) + _measure(block) <= LENGTH:
            messages[-1] += f"\n\n{block}"
        else:
            messages.append(block)
    return messages


def _measure(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2
