"""Carrying out a call: the methods that wait or talk to the bot themselves, and the way to all others."""

from typing import Any

from bot.simulator.chats import Json
from bot.simulator.faults import Faults
from bot.simulator.handlers import HANDLERS
from bot.simulator.refusals import Refusal
from bot.simulator.values import read_values
from bot.simulator.webhooks import LANES, Webhook, check_url
from bot.simulator.world import World


class Answering:
    """The bot's side of a world, with its webhook."""

    def __init__(self, world: World, faults: Faults) -> None:
        self._world = world
        self._faults = faults
        self._webhook: Webhook | None = None
        self._logged_out = False

    async def answer(self, method: str, given: Json) -> Any:  # noqa: ANN401 - any JSON
        """The result of a call. Raises `Refusal`."""
        if self._logged_out:
            raise Refusal("Logged out")
        try:
            values = read_values(method, given)
            handler = HANDLERS.get(method)
            if handler is not None:
                return handler(self._world, values)
        except UnicodeEncodeError:
            raise Refusal("strings must be encoded in UTF-8") from None
        return await self._answer_waiting(method, values)

    async def close(self) -> None:
        """End polls and deliveries under way."""
        self._world.updates.close()
        await self._close_webhook()

    async def _close_webhook(self) -> None:
        if self._webhook is not None:
            self._world.updates.post_to(None)
            await self._webhook.close()
            self._webhook = None

    async def _answer_waiting(self, method: str, values: Json) -> Any:  # noqa: ANN401 - any JSON
        match method:
            case "getUpdates":
                return await self._get_updates(values)
            case "setWebhook":
                return await self._set_webhook(values)
            case "deleteWebhook":
                return await self._set_webhook({"url": "", **values})
            case "getWebhookInfo":
                return self._webhook_info()
            case "logOut":
                self._logged_out = True
        return True  # logOut, close

    async def _get_updates(self, values: Json) -> list[Json]:
        updates = self._world.updates
        if "allowed_updates" in values:
            updates.allow(values["allowed_updates"])
        found = await updates.fetch(values.get("offset", 0), values.get("limit", 100), values.get("timeout", 0))
        if found and self._faults.strike_twice():
            updates.repeat(found)
        return found

    async def _set_webhook(self, values: Json) -> bool:
        """An empty address takes the webhook away."""
        url, updates = values["url"], self._world.updates
        if url:
            check_url(url)
        await self._close_webhook()
        if values.get("drop_pending_updates"):
            updates.drop()
        if "allowed_updates" in values:
            updates.allow(values["allowed_updates"])
        if url:
            self._webhook = Webhook(
                url,
                secret=values.get("secret_token", ""),
                lanes=values.get("max_connections", LANES),
                updates=updates,
                now=self._world.now,
                twice=self._faults.strike_twice,
            )
            updates.post_to(self._webhook.post)
        return True

    def _webhook_info(self) -> Json:
        updates = self._world.updates
        info: Json = {"url": "", "has_custom_certificate": False, "pending_update_count": len(updates)}
        if updates.allowed:
            info["allowed_updates"] = updates.allowed
        if self._webhook is not None:
            info |= {"url": self._webhook.url, "max_connections": self._webhook.lanes, **self._webhook.last_error}
        return info
