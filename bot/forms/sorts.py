"""Which kind of question a node of an XForm is, told from its control and its bind."""

from collections.abc import Mapping

from bot.forms.trees import Element, local_name
from bot.forms.xforms import JR

_INPUTS = {
    "string": "text", "int": "integer", "decimal": "decimal", "date": "date", "time": "time", "dateTime": "dateTime",
    "geopoint": "geopoint", "barcode": "barcode", "boolean": "text", "": "text", "geotrace": "geotrace",
    "geoshape": "geoshape", "binary": "file", "intent": "text",
}  # fmt: skip
_CONTROLS = {
    "select1": "select_one",
    "select": "select_multiple",
    "rank": "rank",
    "trigger": "acknowledge",
    "range": "range",
}
_PRELOADS = {
    ("timestamp", "start"): "start", ("timestamp", "end"): "end", ("date", "today"): "today",
    ("property", "deviceid"): "deviceid", ("uid", ""): "instance",
}  # fmt: skip
# What ODK's programs take from the telephone, unasked.
_SENSED = {"binary": "background-audio", "geopoint": "start-geopoint"}


def find_kind(control: Element | None, bind: Mapping[str, str], *, is_set: bool) -> str:
    """The name of a kind, of `bot.forms.kinds` or one that the bot can't do; `is_set`: a trigger gives the value."""
    if control is None:
        return _find_unseen(bind, is_set=is_set)
    tag = local_name(control)
    if (control.get("appearance") or "").split()[:1] == ["label"]:
        # The head of a table of questions: it asks nothing.
        return "hidden"
    if tag == "upload":
        return _find_upload(control.get("mediatype") or "")
    if tag != "input":
        return _CONTROLS.get(tag, tag)
    if control.get("query"):
        return "select_one_external"
    kind = _INPUTS.get(bind.get("type", "").removeprefix("xsd:"), bind.get("type", ""))
    return "note" if kind == "text" and bind.get("readonly", "").strip() == "true()" else kind


def _find_unseen(bind: Mapping[str, str], *, is_set: bool) -> str:
    preload = bind.get(f"{JR}preload", "")
    if preload:
        params = bind.get(f"{JR}preloadParams", "")
        return _PRELOADS.get((preload, "" if preload == "uid" else params), f"metadata {params}")
    if bind.get("type") in _SENSED and "calculate" not in bind:
        return _SENSED[bind["type"]]
    return "calculate" if "calculate" in bind or is_set else "hidden"


def _find_upload(media: str) -> str:
    kind = media.partition("/")[0]
    return kind if kind in {"image", "audio", "video", "osm"} else "file"
