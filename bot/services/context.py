"""What the last exchange was about, so that "and in Jordan?" is understood: sealed, and forgotten within the hour."""

import json
from dataclasses import asdict, dataclass
from datetime import timedelta

from bot.services.app import App

KEPT = timedelta(minutes=30)
PURPOSE = "context"


@dataclass(frozen=True, slots=True)
class Context:
    """The entry last shown and the country (ISO 3166 alpha-2) last named; `awaiting` names who takes the next text.

    Never anything about safety: a harm somebody reports leaves no trace.
    """

    entry: str = ""
    country: str = ""
    awaiting: str = ""
    arguments: tuple[str, ...] = ()


NO_CONTEXT = Context()


def seal_context(app: App, context: Context) -> bytes:
    return app.cipher.seal(json.dumps(asdict(context), ensure_ascii=False), PURPOSE)


def open_context(app: App, body: bytes) -> Context:
    fields = json.loads(app.cipher.open(body, PURPOSE))
    return Context(**{**fields, "arguments": tuple(fields["arguments"])})
