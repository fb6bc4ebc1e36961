"""A model as bytes, to be kept with the content, and back."""

import io
from collections.abc import Iterable, Mapping

import numpy as np

from bot.matching.calibration import Calibration
from bot.matching.matches import Phrasing
from bot.matching.models import Model
from bot.matching.rows import Rows
from bot.matching.thresholds import Thresholds
from bot.matching.validation import Trust
from bot.matching.vectors import Vectors


def pack_models(models: Mapping[str, Model]) -> dict[str, bytes]:
    """All that was learned, without the phrasings, which the content keeps anyway."""
    return {name: _pack(model) for name, model in models.items()}


def _pack(model: Model) -> bytes:
    rows, vectors = model.rows, model.rows.vectors
    stream = io.BytesIO()
    np.savez(
        stream,
        entries=_join(rows.entries),
        labels=rows.labels,
        texts=_join([rows.texts]),
        features=_join(vectors.numbers),
        rarity=vectors.rarity,
        starts=vectors.starts,
        rows=vectors.rows,
        weights=vectors.weights,
        says=np.zeros((0, 0), np.float32) if model.weights is None else model.weights,
        calibration=np.array(model.trust.calibration),
        limits=np.array(model.trust.limits),
    )
    return stream.getvalue()


def unpack_model(packed: bytes, locale: str, phrasings: Iterable[Phrasing]) -> Model:
    """The model of a language; `phrasings` as they were when it was packed. Raises ValueError or KeyError."""
    with np.load(io.BytesIO(packed), allow_pickle=False) as kept:
        labels = kept["labels"]
        numbers = {feature: number for number, feature in enumerate(_split(kept["features"]))}
        vectors = Vectors(len(labels), numbers, kept["rarity"], kept["starts"], kept["rows"], kept["weights"])
        rows = Rows(locale, tuple(phrasings), _split(kept["entries"]), labels, vectors, _split(kept["texts"])[0])
        says = kept["says"] if kept["says"].size else None
        calibration, limits = Calibration(*kept["calibration"].tolist()), Thresholds(*kept["limits"].tolist())
        return Model(rows, says, Trust(calibration, limits))


def _join(texts: Iterable[str]) -> "np.ndarray[tuple[int], np.dtype[np.uint8]]":
    return np.frombuffer("\n".join(texts).encode("utf-8"), np.uint8)


def _split(joined: "np.ndarray[tuple[int], np.dtype[np.uint8]]") -> tuple[str, ...]:
    return tuple(joined.tobytes().decode("utf-8").split("\n"))
