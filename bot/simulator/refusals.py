"""The errors a Bot API server answers with, in its own words.

The texts are those of Telegram's server (core.telegram.org/bots/api, and the source of the server Telegram publishes).
Where the simulator refuses what Telegram would let pass in silence, the text ends with `STRICTER`.
"""

from bot.simulator.chats import Json

STRICTER = " (Telegram would let this pass in silence; the simulator does not)"

CHAT_NOT_FOUND = "chat not found"
CHAT_ID_EMPTY = "chat_id is empty"
TEXT_EMPTY = "message text is empty"
TEXT_TOO_LONG = "message is too long"
CAPTION_TOO_LONG = "message caption is too long"
NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same as a current "
    "content and reply markup of the message"
)
EDIT_NOT_FOUND = "message to edit not found"
EDIT_FORBIDDEN = "message can't be edited"
EDIT_WITHOUT_TEXT = "there is no text in the message to edit"
EDIT_WITHOUT_CAPTION = "there is no caption in the message to edit"
DELETE_NOT_FOUND = "message to delete not found"
DELETE_FORBIDDEN = "message can't be deleted"
REPLY_NOT_FOUND = "message to be replied not found"
THREAD_NOT_FOUND = "message thread not found"
NOT_A_FORUM = "the chat is not a forum"
NO_RIGHT_TO_TOPICS = "not enough rights to create a topic"
TOPIC_TITLE_EMPTY = "TOPIC_TITLE_EMPTY"
MESSAGE_ID_MISSING = "message identifier is not specified"
QUERY_TOO_OLD = "query is too old and response timeout expired or query ID is invalid"
PARSE_MODE_UNKNOWN = "unsupported parse_mode"
BUTTON_DATA = "BUTTON_DATA_INVALID"
BUTTON_WITHOUT_KIND = (
    "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"  # as Telegram spells it
)
BUTTON_TEXT_EMPTY = "inline keyboard button text must be non-empty"
MARKUP_TOO_LONG = "reply markup is too long"
COMMAND_INVALID = "BOT_COMMAND_INVALID"
COMMAND_DESCRIPTION_INVALID = "BOT_COMMAND_DESCRIPTION_INVALID"
COMMANDS_TOO_MANY = "BOT_COMMANDS_TOO_MUCH"
LOCATION_IN_GROUP = "location can be requested in private chats only"
CONTACT_IN_GROUP = "phone number can be requested in private chats only"
CANNOT_LEAVE_PRIVATE = "chat member status can't be changed in private chats"

NOT_STARTED = "bot can't initiate conversation with a user"
BLOCKED = "bot was blocked by the user"
NOT_MEMBER = "bot is not a member of the group chat"
KICKED = "bot was kicked from the group chat"
KICKED_FROM_SUPERGROUP = "bot was kicked from the supergroup chat"

UPGRADED = "group chat was upgraded to a supergroup chat"

OTHER_POLLER = "terminated by other getUpdates request; make sure that only one bot instance is running"
WEBHOOK_ACTIVE = "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
WEBHOOK_SET = "terminated by setWebhook request"

_NAMES = {
    400: "Bad Request",
    401: "Unauthorized",
    403: "Forbidden",
    404: "Not Found",
    409: "Conflict",
    413: "Request Entity Too Large",
    429: "Too Many Requests",
}


class Refusal(Exception):
    """A call the server does not carry out; it never leaves the simulator, which answers it with `answer`."""

    def __init__(self, text: str, code: int = 400, parameters: Json | None = None) -> None:
        name = _NAMES[code]
        super().__init__(f"{name}: {text}" if text else name)
        self.code = code
        self.parameters = parameters

    @property
    def answer(self) -> Json:
        answer: Json = {"ok": False, "error_code": self.code, "description": str(self)}
        if self.parameters:
            answer["parameters"] = self.parameters
        return answer


def refuse_strictly(text: str) -> Refusal:
    """A refusal of what Telegram would let pass in silence."""
    return Refusal(text + STRICTER)


def refuse_flood(retry_after: int) -> Refusal:
    return Refusal(f"retry after {retry_after}", 429, {"retry_after": retry_after})
