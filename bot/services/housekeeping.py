"""Erasing what has been kept for as long as it may be."""

import asyncio

from bot.services import broadcasts, intake
from bot.services.app import App

EVERY_SECONDS = 3600


async def keep_house(app: App) -> None:
    """Erase what is old, now and every hour."""
    while True:
        await intake.forget_old(app)
        while await app.db.write(lambda conn: broadcasts.forget_old(app, conn)):
            pass
        await asyncio.sleep(EVERY_SECONDS)
