"""Replies survive being written down."""

import pytest

from bot.messages import Attachment, Button, Carried, Document, Offer, Picture, Reply

REPLIES = [
    Reply("<b>a</b>", "ar"),
    Reply("", "en", ((Button("yes", "y"), Button("site", url="https://example.org")),), replaces=7),
    Reply(
        "more", "ar", offers=(Offer("forum", "t", "d", "<b>h</b>", Button("ask", url="https://t.me/x?start=forum")),)
    ),
    Reply("where?", "ar", place_button="here"),
    Reply("thanks", "ar", place_button=""),
    Reply("caption", "fr", document=Document("forum.ics", b"BEGIN:VCALENDAR\r\n\xff")),
    Reply("", "en", picture=Picture(b"\x89PNG")),
    Reply("caption", "ar", carries=Carried(Attachment.PHOTO, "AgAC")),
]


@pytest.mark.parametrize("reply", REPLIES)
def test_a_reply_is_read_as_it_was_written(reply: Reply) -> None:
    assert Reply.from_json(reply.to_json()) == reply
