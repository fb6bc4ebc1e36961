"""A strict local Telegram: what tests and the browser page talk to instead of the real one."""

from bot.simulator.calls import Call
from bot.simulator.changes import Change, Changed, Watch
from bot.simulator.chats import Chat, File, Message, Person
from bot.simulator.faults import Fails, Fault, Faults
from bot.simulator.server import Simulator

__all__ = [
    "Call",
    "Change",
    "Changed",
    "Chat",
    "Fails",
    "Fault",
    "Faults",
    "File",
    "Message",
    "Person",
    "Simulator",
    "Watch",
]
