"""Who waits long is shown that an answer is being written, but a crowd is answered instead."""

from bot.config import Settings
from bot.languages import Languages
from bot.simulator import Fails
from tests.conftest import Running, run_bot

SLOW = 1.5


def count_typing(hiwar: Running) -> int:
    return sum(call.method == "sendChatAction" for call in hiwar.simulator.calls)


async def test_who_waits_sees_that_an_answer_is_written(hiwar: Running) -> None:
    person = hiwar.simulator.add_person("Nadia", "en")
    hiwar.simulator.faults.add(Fails.SLOW, "sendMessage", times=1, seconds=SLOW)
    hiwar.simulator.say(person, "when is the next forum")
    await hiwar.settle()
    assert count_typing(hiwar) == 1


async def test_a_crowd_is_answered_and_shown_nothing(settings: Settings, languages: Languages) -> None:
    async with run_bot(settings.model_copy(update={"people_at_once": 2}), languages) as hiwar:
        crowd = [hiwar.simulator.add_person(f"Person {number}", "en") for number in range(6)]
        hiwar.simulator.faults.add(Fails.SLOW, "sendMessage", times=None, seconds=SLOW)
        for person in crowd:
            hiwar.simulator.say(person, "when is the next forum")
        await hiwar.simulator.wait_until(
            lambda: all(len(hiwar.simulator.messages(person)) == 2 for person in crowd), seconds=60
        )
        assert count_typing(hiwar) == 0
