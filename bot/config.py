"""The settings: read once from the environment, then frozen."""

from pathlib import Path
from typing import Literal

from pydantic import Field, HttpUrl, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.errors import SettingsError
from bot.hours import Hours, read_hours, read_openings, read_zone

ROOT = Path(__file__).resolve().parent.parent


class Settings(BaseSettings):
    """Every setting is an environment variable whose name begins with `HIWAR_`."""

    model_config = SettingsConfigDict(env_prefix="HIWAR_", env_ignore_empty=True, frozen=True, extra="forbid")

    telegram_token: SecretStr | None = Field(
        default=None, description="The bot's token from @BotFather. Without one, the simulator starts."
    )
    telegram_api_url: HttpUrl = Field(
        default=HttpUrl("https://api.telegram.org"),
        description="The Bot API server to use, such as one of your own.",
    )
    database_url: str = Field(
        default="sqlite:///var/hiwar.db",
        pattern=r"^(sqlite:///.+|postgres(ql)?://.+)",
        description="Where people's data live: `sqlite:///path` or `postgresql://user:password@host/name`.",
    )
    secret_key: SecretStr | None = Field(
        default=None,
        description="The key that encrypts messages and makes pseudonyms: 32 bytes as base64. "
        "Without one, it is made once and kept in the file `hiwar.key` of the working folder.",
    )
    var_dir: Path = Field(default=ROOT / "var", description="The working folder, for what Hiwar makes itself.")
    content_dir: Path = Field(default=ROOT / "content", description="The folder staff write the content in.")
    locales_dir: Path = Field(default=ROOT / "locales", description="The folder of the translators' `.po` files.")
    webhook_url: HttpUrl | None = Field(
        default=None,
        description="The public https address Telegram should send updates to. Without one, Hiwar polls.",
    )
    http_host: str = Field(default="127.0.0.1", description="Where webhook, health and metrics listen.")
    http_port: int = Field(default=8080, ge=0, le=65535, description="The port of the same; 0 takes a free one.")
    simulator_port: int = Field(
        default=8081, ge=0, le=65535, description="The port of the simulator's page; 0 takes a free one."
    )
    people_at_once: int = Field(default=32, ge=1, le=1000, description="How many people are served side by side.")
    messages_per_second: float = Field(
        default=30, ge=0, description="How many messages a second are sent at most; 0 lifts the limit."
    )
    question_days: int = Field(
        default=90,
        ge=1,
        le=90,
        description="For how many days an unanswered question is kept, without who asked.",
    )
    announcements_a_week: int = Field(
        default=2, ge=0, le=50, description="How many announcements a person gets in a week; more come in a digest."
    )
    quiet_hours: str = Field(
        default="21-8",
        pattern=r"^([01]?\d|2[0-3])-([01]?\d|2[0-3])$",
        description="The hours of people's own night in which no announcement is sent, such as `21-8`; `0-0` is none.",
    )
    digest: str = Field(
        default="Tue 10",
        pattern=r"^(Mon|Tue|Wed|Thu|Fri|Sat|Sun) ([01]?\d|2[0-3])$",
        description="The day and hour of the weekly digest.",
    )
    time_zone: str = Field(
        default="Asia/Beirut",
        description="The time zone of the team, and of people whose country is not known, such as `Africa/Tunis`.",
    )
    desk_hours: str = Field(
        default="",
        description="When somebody of the team is there, such as `Sun-Thu 09:00-17:00, Sat 10:00-12:00`. "
        "Without it, people are told no hours.",
    )
    desk_patience_hours: int = Field(
        default=24,
        ge=1,
        le=720,
        description="After how many hours a question to the team waits too long, and the team is reminded.",
    )
    log_format: Literal["text", "json"] = Field(default="text", description="How log lines look.")
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        default="info", description="The least important log lines to show."
    )

    @field_validator("time_zone")
    @classmethod
    def _check_zone(cls, value: str) -> str:
        read_zone(value)
        return value

    @field_validator("desk_hours")
    @classmethod
    def _check_hours(cls, value: str) -> str:
        read_openings(value)
        return value

    @property
    def hours(self) -> Hours:
        """When somebody of the team is there."""
        return read_hours(self.desk_hours, self.time_zone)

    @property
    def content_db(self) -> Path:
        """The compiled content."""
        return self.var_dir / "content.db"

    @property
    def key_file(self) -> Path:
        """Where the secret key is kept when `HIWAR_SECRET_KEY` is not set."""
        return self.var_dir / "hiwar.key"


def read_settings() -> Settings:
    """Read the settings from the environment.

    Raises `SettingsError` naming the variable, its value (never a secret one) and what it should be.
    """
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors()[0]
        name = str(first["loc"][0])
        secret = name in {"telegram_token", "secret_key", "database_url"}
        value = "" if secret else f" (now {first['input']!r})"
        field = Settings.model_fields.get(name)
        meaning = f" It is: {field.description}" if field else ""
        raise SettingsError(
            f"HIWAR_{name.upper()}{value} cannot be used: {first['msg'].removeprefix('Value error, ')}.{meaning}"
        ) from error
