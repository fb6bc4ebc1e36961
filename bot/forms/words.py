"""The few words every form understands, whatever its languages: buttons say them, but people type."""

from bot.forms.plain import simplify

_YES = (
    "yes",
    "y",
    "yep",
    "yeah",
    "ok",
    "okay",
    "oui",
    "ouais",
    "d'accord",
    "نعم",
    "ايوه",
    "أيوا",
    "اه",
    "أجل",
    "موافق",
    "طيب",
)
# What pyxform writes, in English only, for `or_other`.
OR_OTHER = {
    "Other": {"en": "Other", "fr": "Autre", "ar": "غير ذلك"},
    "Specify other.": {"en": "Which one?", "fr": "Lequel ?", "ar": "ما هو؟"},
}
_NO = ("no", "n", "nope", "non", "لا", "لأ", "كلا")


def means_yes(text: str) -> bool:
    return simplify(text).strip(" .!") in {simplify(word) for word in _YES}


def means_no(text: str) -> bool:
    return simplify(text).strip(" .!") in {simplify(word) for word in _NO}
