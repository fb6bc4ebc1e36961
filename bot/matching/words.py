"""Word lists, as data: the small words of each language, and dialect words with their standard ones.

Both are written as people type, and folded when read. Small words tell languages apart and weigh little in matching.
A locale without a list here still works, from the words of its own content.
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

# Standard word: how it is said in Egypt, the Levant, the Maghreb, the Gulf and Iraq.
_DIALECT = {
    "كيف": "ازاي ازي كيفاش كفاش شلون اشلون",
    "متى": "امتى امتا ايمتى ايمتا وقتاش فوقاش وقتيش شوكت",
    "اين": "فين وين ونو",
    "ما": "ايه شو شنو شنوا شنوه اشنو شنهو وش ايش اش ماذا ماهو ماهي",
    "من": "مين منو شكون",
    "لماذا": "ليه ليش علاش وعلاش",
    "كم": "قديش اديش شحال قداش كام بكام",
    "هل": "واش",
    "اريد": "عايز عاوز عايزه بدي بغيت ابغى ابغا ابي نحب حاب ودي",
    "نريد": "عايزين عاوزين بدنا بغينا نبغى نبي حابين",
    "يوجد": "فيه كاين كاينه اكو",
    "يمكنني": "اقدر بقدر نقدر فيني فيي",
    "يمكننا": "فينا نقدروا منقدر",
    "الذي": "اللي لي الي يلي",
    "هذا": "ده دا دي هاد هاذ هيدا هاي هذي هادي",
    "ليس": "مش مو مب موش ماشي مافي مفيش ماكو",
    "مثل": "زي متل بحال كيما",
    "الان": "دلوقتي هلق هلا دابا هسه الحين توا",
    "قادم": "جاي جايه الجاي الجايه مقبل المقبل المقبله",
    "يحدث": "يصير صار يحصل حصل وقع جرى حدث",
}
STANDARD_WORDS: Mapping[str, str] = {
    fold(spoken): fold(standard) for standard, words in _DIALECT.items() for spoken in words.split()
}
# By which people ask for what comes after something: the next one, and then.
NEXT_WORDS = frozenset(
    fold("""
        next following after one then upcoming event date meeting prochain prochaine suivant suivante apres celui celle
        evenement rendez reunion قادم القادم القادمة الجاي الجاية الجايه تالي التالي التالية بعده بعدها بعدين اللي واحد
        موعد الموعد اجتماع الاجتماع المقبل المقبلة لقاء اللقاء""").split()
)
# Words by which Arabic in Latin letters is known when no digit in it stands for a letter.
ARABIZI_WORDS = frozenset(
    fold("""
        wach kifach kifash chno chnou shnou chnowa achno fein feen fayn ezay ezzay izay izzay shlon shloun shou shu kif
        keef kayn kayen kayna bghit bghina biddi baddi bidna lmontada hijra lhijra alhijra salam slm ana ihna nahna imta
        emta waqtach weqtach fouqach dyal hna hada hadi lli elli illi yalli momkin mumkin moumkin aywa chokran shukran
        mosh mish machi leh leish lich ashno ach achnou chkoun chkon shkoun meen mnin win wein wayn fin wesh wach
        wash mafi mafich makaynch kaynin kanet nqder nqdar n9der mnqdr a9dar aqdar nakdro nasjjel nsajjel
        nsejjel tasjil tasjeel mosharaka moucharaka ncharek nchark ncharko nsharek musharaka moshkil mochkil mushkila
        kafil kafeel chghol khedma khdma flous flos rateb ratib bezaf bzaf barcha bahi tawa taw daba dork
        hla2 halla hala9 halla2 dilwa2ti delwa2ti ayez 3ayez aayez 3awz 3ayz nheb n7eb nhib brit bghina baghi baghya
        abgha ya3ni yani hay hadchi hadshi heda hayda haydi dik m3a ma3a 3la 3ala mn ela
        bach bash 3lash 3lach 3lech chhal ch7al gaddesh addesh kam bikam kaydir dayr ndir ndirou kaydiro igul 9al
        muhajir mohajir mouhajirin mohajirin lmaghrib maghrib tounes dzayer masr libnan el""").split()
)
