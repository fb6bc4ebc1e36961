"""Telegram in, services, Telegram out: the only room that knows python-telegram-bot.

Of python-telegram-bot, the client (`Bot`), the types and the errors are used. Its `Application` is not: it swallows
what a handler raises, and an update must not count as done when its handler failed (design §5.1).
"""

import os

# python-telegram-bot is moving its periods from seconds to timedelta and warns until told which to give.
os.environ.setdefault("PTB_TIMEDELTA", "1")
