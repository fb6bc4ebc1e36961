"""The small words of each language, as data: written as people type, and folded when read.

They tell languages apart and weigh little in matching. A locale without a list here still works, from the words of its
own content. What people say instead of the phrasings' words is content (`bot.matching.lexicon`).
"""

from collections.abc import Mapping

from bot.matching.folding import fold

SMALL_WORDS: Mapping[str, frozenset[str]] = {
    locale: frozenset(fold(words).split())
    for locale, words in {
        "en": """
            a about all also am an and any anyone are as at be been being but by can cant could did do does doing dont
            else ever for from get give go going got had has have hello help hey hi how i if im in into is it its just
            know let like list ll many may me more much my need no not of off ok on one or our out over please re say
            see she should so some someone something still t tell than thank thanks that the their them then there
            these they thing this those to too up us ve want was we were what whats when where which who whom why will
            with without would yes you your""",
        "fr": """
            a ai ainsi alors as au aussi aux avec avez avoir avons bonjour bonsoir c ca ce ceci cela ces cet cette
            chez ci comme comment d dans de des dire dites doit dois donc donne du elle elles en es est et etait ete
            etes etre eu faire fait faut il ils j je l la le les leur leurs lui m ma mais me merci mes moi mon n ne
            non nos notre nous on ont ou oui par pas pendant peut peux plait pour pourquoi pouvez pouvons puis qu
            quand que quel quelle quelles quels quelque qui quoi s sa salut sans se sera ses si slt soit son sont suis
            sur svp t ta te tes toi ton tous tout toute toutes tres tu un une va vers veut veux voir vont vos votre
            vous y""",
        "ar": """
            ا اذا اريد الان الذي التي الذين ان انا انت انتم انه او اي اين ب بعد بين به بها تم ثم جدا حتى حول دون ذلك
            رجاء سلام السلام عليكم شكرا على عليه عن عند عندي عندنا غير ف في فيها قبل قد كان كانت كل كم كما كيف ل لا
            لماذا لم لن لنا له لها لو ليس ما ماذا متى مثل مرحبا مع من منه منها نحن نريد هذا هذه هل هم هنا هناك هو هي و
            يا يمكن يمكننا يمكنني يوجد توجد ممكن لي لكم لكن""",
    }.items()
}

# By which people ask for what comes after something: the next one, and then.
NEXT_WORDS = frozenset(
    fold("""
        next following after one then upcoming event date meeting prochain prochaine suivant suivante apres celui celle
        evenement rendez reunion قادم القادم القادمة الجاي الجاية الجايه تالي التالي التالية بعده بعدها بعدين اللي واحد
        موعد الموعد اجتماع الاجتماع المقبل المقبلة لقاء اللقاء""").split()
)
