"""What can be wrong in a form, said with codes and places; the sentences are in `bot.content.problems`."""

from dataclasses import dataclass

# What leaves a form usable.
WARNINGS = frozenset({"form-language-missing", "form-translation-missing", "form-metadata"})


@dataclass(frozen=True, slots=True, order=True)
class FormProblem:
    """One thing wrong in an XLSForm: `row` is the row of `sheet`, counted from 1 with the header, 0 where unknown.

    `value` is what stands there, `hint` what the remedy should add (a name that was meant, a limit).
    """

    code: str
    sheet: str = ""
    row: int = 0
    column: str = ""
    value: str = ""
    hint: str = ""

    @property
    def is_error(self) -> bool:
        return self.code not in WARNINGS


class FormUnusable(Exception):
    """An XLSForm has errors; `problems` lists them."""

    def __init__(self, *problems: FormProblem) -> None:
        super().__init__(", ".join(problem.code for problem in problems))
        self.problems = problems
