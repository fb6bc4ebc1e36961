"""Groups that are forums: topics, what is written in them, and the words they are refused with."""

import pytest
from telegram import Bot, ReplyParameters
from telegram.error import BadRequest, ChatMigrated, Forbidden

from bot.simulator import Changed, Person, Simulator


async def test_what_is_written_in_a_topic_stays_there(simulator: Simulator, client: Bot, amina: Person) -> None:
    forum = simulator.add_group("Team", [amina], topics=True)
    simulator._world.updates.drop()
    made = await client.create_forum_topic(forum.id, "Question 7")
    sent = await client.send_message(forum.id, "In it", message_thread_id=made.message_thread_id)
    [topic, message] = simulator.messages(forum)[-2:]
    assert (sent.message_thread_id, sent.is_topic_message, message.thread) == (topic.id, True, topic.id)
    simulator.say(amina, "By the way", topic=topic, chat=forum)
    simulator.say(amina, "To you", reply_to=message, chat=forum)
    answered = await client.send_message(forum.id, "Here", reply_parameters=ReplyParameters(message.id))
    assert answered.message_thread_id == topic.id
    beside = (await client.get_updates())[0].message
    assert beside is not None
    assert beside.chat.is_forum
    assert beside.message_thread_id == topic.id
    assert beside.reply_to_message is not None
    assert beside.reply_to_message.forum_topic_created is not None
    assert beside.reply_to_message.forum_topic_created.name == "Question 7"
    general = await client.send_message(forum.id, "For all")
    assert general.message_thread_id is None


async def test_a_topic_is_begun_only_where_that_can_be(simulator: Simulator, client: Bot, amina: Person) -> None:
    forum, group = simulator.add_group("Team", [amina], topics=True), simulator.add_group("Others", [amina])
    for chat_id in (group.id, amina.id):
        with pytest.raises(BadRequest, match="The chat is not a forum"):
            await client.create_forum_topic(chat_id, "x")
    with pytest.raises(BadRequest, match="Topic_title_too_long"):
        await client.create_forum_topic(forum.id, "x" * 129)
    with pytest.raises(BadRequest, match="Topic_title_empty"):
        await client.create_forum_topic(forum.id, " ")
    forum.bot_manages_topics = False
    with pytest.raises(BadRequest, match="Not enough rights to create a topic"):
        await client.create_forum_topic(forum.id, "x")


async def test_a_topic_that_is_not_there_is_refused(simulator: Simulator, client: Bot, amina: Person) -> None:
    forum, group = simulator.add_group("Team", [amina], topics=True), simulator.add_group("Others", [amina])
    made = await client.create_forum_topic(forum.id, "Gone soon")
    watch = simulator.watch()
    simulator.delete_topic(amina, forum.topics[made.message_thread_id])
    assert (await anext(watch)).what is Changed.MESSAGE_DELETED
    for chat_id in (forum.id, group.id, amina.id):
        with pytest.raises(BadRequest, match="Message thread not found"):
            await client.send_message(chat_id, "x", message_thread_id=made.message_thread_id)


@pytest.mark.parametrize("topics", [True, False])
async def test_the_bot_is_put_out_of_a_group(simulator: Simulator, client: Bot, amina: Person, topics: bool) -> None:
    group = simulator.add_group("Team", [amina], topics=topics)
    simulator._world.updates.drop()
    simulator.remove_bot(amina, group)
    change = (await client.get_updates())[0].my_chat_member
    assert change is not None
    assert change.new_chat_member.status == "kicked"
    with pytest.raises(Forbidden, match=r"bot was kicked from the (super)?group chat"):
        await client.send_message(group.id, "x")
    with pytest.raises(ValueError, match="puts the bot out"):
        simulator.remove_bot(amina, group)


async def test_a_group_that_turns_topics_on_is_another_chat(simulator: Simulator, client: Bot, amina: Person) -> None:
    group = simulator.add_group("Team", [amina])
    forum = simulator.turn_on_topics(amina, group)
    with pytest.raises(ChatMigrated) as moved:
        await client.send_message(group.id, "x")
    assert moved.value.new_chat_id == forum.id
    assert (await client.create_forum_topic(forum.id, "x")).message_thread_id in forum.topics
