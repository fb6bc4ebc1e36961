"""A small library in three languages, dialects included, for asking."""

import pytest

from bot.matching import Lexicon, Matcher, Phrasing, fold

_TEXTS = {
    ("forum", "en"): """
        What is the IMRF?
        what is the international migration review forum
        imrf meaning
        explain the review forum to me""",
    ("forum", "fr"): """
        Qu'est-ce que l'IMRF ?
        c'est quoi le forum d'examen des migrations
        imrf definition
        expliquez-moi le forum d'examen""",
    ("forum", "ar"): """
        ما هو منتدى استعراض الهجرة الدولية؟
        شنو هو منتدى استعراض الهجرة
        يعني ايه imrf
        شو هو منتدى استعراض الهجرة الدولية""",
    ("next-forum", "en"): """
        When is the next IMRF?
        next migration review forum date
        imrf 2030
        when will states meet again for the forum""",
    ("next-forum", "fr"): """
        Quand aura lieu le prochain IMRF ?
        date du prochain forum sur les migrations
        imrf 2030
        c quand le prochain forum""",
    ("next-forum", "ar"): """
        متى ينعقد المنتدى القادم؟
        موعد المنتدى القادم
        المنتدى الجاي امتى
        فوقاش المنتدى الجاي""",
    ("unregistered", "en"): """
        Our group is not registered: how do we take part?
        can an unregistered migrant group attend
        we have no legal status how can we join
        association without papers participate""",
    ("unregistered", "fr"): """
        Notre groupe n'est pas enregistré : comment participer ?
        association non déclarée participation
        on n'a pas de statut légal comment participer
        groupe de migrants sans enregistrement""",
    ("unregistered", "ar"): """
        مجموعتنا غير مسجلة: كيف نشارك؟
        جمعية بدون تسجيل كيف تشارك
        احنا مش مسجلين ازاي نشارك
        ما عنا ترخيص كيف فينا نشارك""",
    ("wages", "en"): """
        My employer has not paid me: what can I do?
        unpaid wages
        boss does not pay my salary
        salary not paid for three months""",
    ("wages", "fr"): """
        Mon employeur ne me paie pas : que faire ?
        salaire impayé
        patron ne verse pas mon salaire
        trois mois sans salaire""",
    ("wages", "ar"): """
        صاحب العمل لم يدفع أجري: ماذا أفعل؟
        رواتب غير مدفوعة
        الكفيل ما عطاني راتبي شلون اخذه
        ماخلصنيش الباطرون شنو ندير""",
    ("networks", "en"): """
        Which countries have a UN Network on Migration?
        un network in my country
        list of national migration networks
        network on migration in sudan""",
    ("networks", "fr"): """
        Quels pays ont un réseau des Nations Unies sur les migrations ?
        réseau onu dans mon pays
        liste des réseaux nationaux migration
        réseau migration au soudan""",
    ("networks", "ar"): """
        ما الدول التي فيها شبكة للأمم المتحدة معنية بالهجرة؟
        شبكة الأمم المتحدة في بلدي
        قائمة الشبكات الوطنية للهجرة
        وين في شبكة هجرة بالسودان""",
}
_WORDS = {
    "ar": {"متى": "امتى ايمتى وقتاش فوقاش", "كيف": "ازاي كيفاش شلون", "قادم": "الجاي القادم", "ما": "شنو شو ايه"},
    "arabizi": {
        "متى": "imta emta fou9ach",
        "كيف": "kifach ezay",
        "هل": "wach",
        "يوجد": "kayn",
        "شي": "chi",
        "منتدى": "montada lmontada elmontada",
        "قادم": "jay eljay",
        "نحن": "7na",
        "ليس": "mach",
        "مشاركة": "ncharko",
        "سؤال": "so2al",
    },
    "en": {"imrf": "imfr irmf", "wages": "paycheck"},
}
LEXICON = Lexicon(
    {
        language: {
            fold(word): tuple(fold(standard).split()) for standard, said in words.items() for word in said.split()
        }
        for language, words in _WORDS.items()
    }
)
PHRASINGS = tuple(
    Phrasing(entry, locale, line.strip())
    for (entry, locale), text in _TEXTS.items()
    for line in text.strip().splitlines()
)


@pytest.fixture(scope="session")
def phrasings() -> tuple[Phrasing, ...]:
    return PHRASINGS


@pytest.fixture(scope="session")
def matcher() -> Matcher:
    return Matcher.build(PHRASINGS, lexicon=LEXICON)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A test that takes a `phrasing` is run with each."""
    if "phrasing" in metafunc.fixturenames:
        metafunc.parametrize("phrasing", PHRASINGS, ids=lambda phrasing: phrasing.text)
