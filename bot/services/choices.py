"""An audience as it is put together with buttons: values wanted, values left out, and whether one wanted is enough."""

from dataclasses import dataclass, replace

from bot.storage.audiences import EVERYBODY, AllOf, AnyOf, Audience, Criterion, Is, Not


@dataclass(frozen=True, slots=True)
class Choices:
    """Of one criterion any wanted value will do; of several criteria each must be met, or with `any_will_do` one."""

    wanted: tuple[Is, ...] = ()
    unwanted: tuple[Is, ...] = ()
    any_will_do: bool = False

    def turn(self, one: Is) -> "Choices":
        """From not chosen to wanted, to left out, and back."""
        if one in self.wanted:
            return replace(self, wanted=_without(self.wanted, one), unwanted=(*self.unwanted, one))
        if one in self.unwanted:
            return replace(self, unwanted=_without(self.unwanted, one))
        return replace(self, wanted=(*self.wanted, one))

    def turn_all(self, several: tuple[Is, ...]) -> "Choices":
        """All of them wanted, or none where they all were."""
        others = tuple(one for one in self.wanted if one not in several)
        unwanted = tuple(one for one in self.unwanted if one not in several)
        return replace(
            self, wanted=others if set(several) <= set(self.wanted) else (*others, *several), unwanted=unwanted
        )

    def to_audience(self) -> Audience:
        parts: list[Audience] = []
        if self.any_will_do and self.wanted:
            parts.append(AnyOf(self.wanted))
        elif self.wanted:
            parts += [AnyOf(same) for criterion in Criterion if (same := self._wanted_of(criterion))]
        parts += [Not(one) for one in self.unwanted]
        return AllOf(tuple(parts)) if parts else EVERYBODY

    @classmethod
    def from_audience(cls, audience: Audience) -> "Choices | None":
        """The choices that make this audience; None where buttons cannot make it."""
        if not isinstance(audience, AllOf):
            return None
        groups = [part.parts for part in audience.parts if isinstance(part, AnyOf)]
        wanted = tuple(one for group in groups for one in group if isinstance(one, Is))
        unwanted = tuple(one.part for one in audience.parts if isinstance(one, Not) and isinstance(one.part, Is))
        mixed = any(len({one.criterion for one in group if isinstance(one, Is)}) > 1 for group in groups)
        choices = cls(wanted, unwanted, mixed)
        return choices if choices.to_audience() == audience else None

    def _wanted_of(self, criterion: Criterion) -> tuple[Is, ...]:
        return tuple(one for one in self.wanted if one.criterion is criterion)


def _without(several: tuple[Is, ...], one: Is) -> tuple[Is, ...]:
    return tuple(other for other in several if other != one)
