"""What common features say for each entry, added up once, so that a question need not read all the rows that have them."""

from dataclasses import dataclass

import numpy as np

from bot.matching.vectors import Floats, Integers, Vectors

# Features of fewer rows are read row by row: there are many of them, and few in a question.
LEAST_ROWS = 12


@dataclass(frozen=True)
class Summary:
    """`says` is what each row says for each entry; `places` the place of each feature in `common`, -1 for a rare one."""

    vectors: Vectors
    says: Floats
    places: Integers
    common: Floats

    @classmethod
    def make(cls, vectors: Vectors, says: Floats) -> "Summary":
        features = np.flatnonzero(vectors.spread >= LEAST_ROWS)
        places = np.full(len(vectors.numbers), -1, np.int32)
        places[features] = np.arange(len(features))
        common = np.empty((len(features), says.shape[1]), np.float32)
        for place, feature in enumerate(features):
            cells = slice(vectors.starts[feature], vectors.starts[feature + 1])
            common[place] = vectors.weights[cells] @ says[vectors.rows[cells]]
        return cls(vectors, says, places, common)

    def score(self, features: Integers, weights: Floats) -> Floats:
        """What features with these weights say for each entry."""
        places = self.places[features]
        often = places >= 0
        rows, products = self.vectors.find_cells(features[~often], weights[~often])
        # `take` copies rows faster than an index does.
        scores: Floats = weights[often] @ self.common.take(places[often], 0) + products @ self.says.take(rows, 0)
        return scores
