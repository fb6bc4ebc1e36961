"""An approved pledge as the UN Network's own form asks for it, section by section, ready to be pasted there.

Sections and limits as far as the form could be read (migrationnetwork.un.org, pledges submission form, about 2023); the
labels of its sections III to V were not read.
"""

from bot.services.moderation import Moderated

SECTIONS = (
    ("I. Contact person", ("contact_name", "contact_email")),
    ("II. Who pledges, and the type", ("organization", "pledger", "country", "kind")),
    ("IIa. Other partners", ("partner_name",)),
    ("IIb. Title and number of the pledge matched", ("matched_title", "matched_id")),
    ("III–V. Title, objectives, principles, contribution, time", (
        "title", "objectives", "principles", "means", "level", "begins", "ends", "indicator", "resources", "need",
    )),
    ("VI. Text of the pledge (300 to 3,000 characters)", ("description",)),
)  # fmt: skip
LEAST, MOST = 300, 3_000


def format_pledge(pledge: Moderated) -> str:
    """The sections that hold something. The contact is left out where it may not be given to the Network."""
    shares = pledge.answers.get("contact_share") == "yes"
    blocks = []
    for head, names in SECTIONS:
        lines = [
            f"{name}: {value}"
            for name in names
            if (value := pledge.answers.get(name, "")) and (shares or not name.startswith("contact_"))
        ]
        if lines:
            blocks.append("\n".join((head, *lines)))
    length = len(pledge.answers.get("description", ""))
    if not LEAST <= length <= MOST:
        blocks.append(f"The text has {length} characters; the form takes {LEAST} to {MOST:,}.")
    return "\n\n".join(blocks)
