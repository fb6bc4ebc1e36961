"""Every method the simulator answers, with its parameters as the Bot API page documents them.

Parameters that exist but mean nothing here (business connections, paid broadcasts …) are left out on
purpose, so that using one is refused instead of being ignored.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, auto

from bot.simulator import refusals

LANGUAGE_CODE = r"(?:[a-z]{2})?"


class Kind(Enum):
    """The type of a parameter."""

    CHAT = auto()  # an integer, or `@name` of a public chat
    INTEGER = auto()
    BOOLEAN = auto()
    STRING = auto()
    OBJECT = auto()
    ARRAY = auto()
    FILE = auto()  # an upload, `attach://` an upload, or a file id


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter: `least` and `most` bound an integer's value or a string's characters.

    `missing` and `wrong` are Telegram's words when it is absent, or out of bounds or not like `pattern`.
    """

    name: str
    kind: Kind
    missing: str = ""  # not empty: the parameter is required
    least: int | None = None
    most: int | None = None
    pattern: str = ""
    wrong: str = ""


def _table(*parameters: Parameter) -> Mapping[str, Parameter]:
    return {parameter.name: parameter for parameter in parameters}


_chat = Parameter("chat_id", Kind.CHAT, missing=refusals.CHAT_ID_EMPTY)
_message = Parameter("message_id", Kind.INTEGER, missing=refusals.MESSAGE_ID_MISSING)
_text = Parameter("text", Kind.STRING, missing=refusals.TEXT_EMPTY)
_parse_mode = Parameter("parse_mode", Kind.STRING)
_markup = Parameter("reply_markup", Kind.OBJECT)
_thread = Parameter("message_thread_id", Kind.INTEGER)
_preview = Parameter("link_preview_options", Kind.OBJECT)
_sending = (
    _chat,
    _thread,
    Parameter("disable_notification", Kind.BOOLEAN),
    Parameter("protect_content", Kind.BOOLEAN),
    Parameter("reply_parameters", Kind.OBJECT),
    _markup,
    _parse_mode,
)
_caption = (Parameter("caption", Kind.STRING), Parameter("caption_entities", Kind.ARRAY))
_language = Parameter("language_code", Kind.STRING, pattern=LANGUAGE_CODE, wrong="invalid language code specified")
_scope = Parameter("scope", Kind.OBJECT)
_allowed = Parameter("allowed_updates", Kind.ARRAY)


def _words(name: str, most: int) -> Parameter:
    return Parameter(name, Kind.STRING, most=most, wrong=f"{name} must have at most {most} characters")


METHODS: Mapping[str, Mapping[str, Parameter]] = {
    "getMe": {},
    "logOut": {},
    "close": {},
    "getUpdates": _table(
        Parameter("offset", Kind.INTEGER),
        Parameter("limit", Kind.INTEGER, least=1, most=100),
        Parameter("timeout", Kind.INTEGER, least=0, most=50),
        _allowed,
    ),
    "setWebhook": _table(
        Parameter("url", Kind.STRING, missing='parameter "url" is required'),
        Parameter("max_connections", Kind.INTEGER, least=1, most=100),
        _allowed,
        Parameter("drop_pending_updates", Kind.BOOLEAN),
        Parameter(
            "secret_token",
            Kind.STRING,
            pattern=r"[A-Za-z0-9_-]{0,256}",
            wrong="secret token contains unallowed characters or is too long",
        ),
    ),
    "deleteWebhook": _table(Parameter("drop_pending_updates", Kind.BOOLEAN)),
    "getWebhookInfo": {},
    "sendMessage": _table(*_sending, _text, Parameter("entities", Kind.ARRAY), _preview),
    "sendDocument": _table(
        *_sending,
        *_caption,
        Parameter("document", Kind.FILE, missing="there is no document in the request"),
        Parameter("disable_content_type_detection", Kind.BOOLEAN),
    ),
    "sendPhoto": _table(
        *_sending,
        *_caption,
        Parameter("photo", Kind.FILE, missing="there is no photo in the request"),
        Parameter("show_caption_above_media", Kind.BOOLEAN),
        Parameter("has_spoiler", Kind.BOOLEAN),
    ),
    "editMessageText": _table(
        _chat, _message, _text, _parse_mode, Parameter("entities", Kind.ARRAY), _preview, _markup
    ),
    "editMessageCaption": _table(_chat, _message, _parse_mode, *_caption, _markup),
    "editMessageReplyMarkup": _table(_chat, _message, _markup),
    "deleteMessage": _table(_chat, _message),
    "answerCallbackQuery": _table(
        Parameter("callback_query_id", Kind.STRING, missing=refusals.QUERY_TOO_OLD),
        Parameter("text", Kind.STRING, most=200, wrong="MESSAGE_TOO_LONG"),
        Parameter("show_alert", Kind.BOOLEAN),
        Parameter("cache_time", Kind.INTEGER, least=0),
    ),
    "answerInlineQuery": _table(
        Parameter("inline_query_id", Kind.STRING, missing=refusals.QUERY_TOO_OLD),
        Parameter("results", Kind.ARRAY, missing='parameter "results" is required'),
        Parameter("cache_time", Kind.INTEGER, least=0),
        Parameter("is_personal", Kind.BOOLEAN),
        Parameter("button", Kind.OBJECT),
    ),
    "createForumTopic": _table(
        _chat,
        Parameter("name", Kind.STRING, missing=refusals.TOPIC_TITLE_EMPTY, most=128, wrong="TOPIC_TITLE_TOO_LONG"),
    ),
    "sendChatAction": _table(
        _chat,
        _thread,
        Parameter(
            "action",
            Kind.STRING,
            missing="wrong parameter action in request",
            pattern="typing|upload_photo|record_video|upload_video|record_voice|upload_voice|upload_document"
            "|choose_sticker|find_location|record_video_note|upload_video_note",
            wrong="wrong parameter action in request",
        ),
    ),
    "getFile": _table(Parameter("file_id", Kind.STRING, missing="file_id not specified")),
    "leaveChat": _table(_chat),
    "setMyCommands": _table(
        Parameter("commands", Kind.ARRAY, missing='parameter "commands" is required'), _scope, _language
    ),
    "getMyCommands": _table(_scope, _language),
    "deleteMyCommands": _table(_scope, _language),
    "setMyName": _table(_words("name", 64), _language),
    "getMyName": _table(_language),
    "setMyDescription": _table(_words("description", 512), _language),
    "getMyDescription": _table(_language),
    "setMyShortDescription": _table(_words("short_description", 120), _language),
    "getMyShortDescription": _table(_language),
}
