"""How log lines look: for people at a terminal, or as JSON for machines."""

import logging

import structlog

from bot.config import Settings


def set_up_logs(settings: Settings) -> None:
    """Set up structlog; libraries are heard only when they warn, and never with what they sent or received."""
    level = getattr(logging, settings.log_level.upper())
    logging.basicConfig(level=max(level, logging.WARNING), format="%(levelname)s %(name)s: %(message)s")
    # At debug these two log whole updates and addresses with the token in them.
    for name in ("telegram", "httpx", "aiohttp"):
        logging.getLogger(name).setLevel(logging.ERROR)
    render = structlog.processors.JSONRenderer() if settings.log_format == "json" else structlog.dev.ConsoleRenderer()
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            render,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        cache_logger_on_first_use=True,
    )
