"""All texts as a spreadsheet for translators: a sheet for each kind, a row for each text, a column for each language."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from bot.content.entries import SourceEntry
from bot.content.files import Section
from bot.content.kinds import ENTRY_KINDS
from bot.languages import Languages

ID_COLUMN, PART_COLUMN = "id", "part"
# A text of each language has these parts; the phrasings stand one a line.
PARTS = ("title", "phrasings", "answer")
WIDTHS = {ID_COLUMN: 28, PART_COLUMN: 12}
TEXT_WIDTH = 70


def write_sheets(file: Path, entries: Iterable[SourceEntry], locales: Sequence[str], languages: Languages) -> int:
    """Write the texts in these languages; how many rows there are. With one language beside the English that runs from
    right to left, so do the sheets."""
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font

    rows = 0
    entries = list(entries)
    rtl = languages.is_rtl(locales[-1]) and len(locales) == 2
    book = Workbook()
    del book[book.sheetnames[0]]
    for kind in ENTRY_KINDS.values():
        sheet = book.create_sheet(kind.folder)
        sheet.sheet_view.rightToLeft = rtl
        sheet.freeze_panes = "C2"
        header = (ID_COLUMN, PART_COLUMN, *locales)
        sheet.append(header)
        for number, name in enumerate(header):
            sheet.column_dimensions["ABCDEFGHIJ"[number]].width = WIDTHS.get(name, TEXT_WIDTH)
            sheet.cell(1, number + 1).font = Font(bold=True)
        for entry in entries:
            if entry.kind != kind.name:
                continue
            sections = {section.locale: section for section in entry.sections}
            for part in PARTS:
                rows += 1
                texts = [read_part(sections.get(locale), part) for locale in locales]
                sheet.append((entry.id, part, *texts))
                for number, locale in enumerate(locales, 3):
                    cell = sheet.cell(sheet.max_row, number)
                    # A text, never a formula, whatever it begins with.
                    cell.data_type = "s"
                    right = languages.is_rtl(locale)
                    cell.alignment = Alignment(wrap_text=True, vertical="top", readingOrder=2 if right else 1)
    book.save(file)
    return rows


def read_part(section: Section | None, part: str) -> str:
    """One part of a section as a cell holds it."""
    if section is None:
        return ""
    match part:
        case "title":
            return section.title
        case "phrasings":
            return "\n".join(text for _, text in section.phrasings)
        case _:
            return section.body
