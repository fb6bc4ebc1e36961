"""Which addresses Telegram takes for links."""

import re
from urllib.parse import urlsplit

SCHEMES = frozenset({"http", "https", "tg", "ton", "tonsite"})
# A scheme such as `mailto:`, not a host with its port.
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+-]*):(?!\d)")


def find_url_fault(url: str) -> str | None:
    """What is wrong with the address of a link or a button, in Telegram's words; None where nothing is.

    An address without a scheme is taken for `http`.
    """
    scheme = _SCHEME.match(url)
    if scheme is not None and scheme[1].lower() not in SCHEMES:
        return "Unsupported URL protocol"
    try:
        parts = urlsplit(url if scheme else f"http://{url}")
        host = parts.hostname or ""
        _ = parts.port  # reading it checks it
    except ValueError:
        return "Wrong HTTP URL"
    if parts.scheme == "tg":
        return None
    if not host:
        return "URL host is empty"
    is_ip6 = ":" in host
    if any(letter.isspace() for letter in url) or ("." not in host.strip(".") and not is_ip6):
        return "Wrong HTTP URL"
    return None
