"""Posters: a picture of each kind, in each language, whose code opens the answer."""

from pathlib import Path
from xml.etree import ElementTree as ET

import numpy as np
import pytest
import segno
from matplotlib.image import imread

from bot.content.library import Library
from bot.errors import ContentUnusable
from bot.languages import Languages
from bot.services.posters import draw_posters


@pytest.mark.parametrize("locale", ["ar", "en", "fr"])
def test_a_poster_is_drawn_in_both_kinds(locale: str, tmp_path: Path, library: Library, languages: Languages) -> None:
    for form in ("svg", "png"):
        assert draw_posters(library, languages, locale, "hiwar_bot", ["forum-next"], tmp_path, form) == 1
    assert ET.parse(tmp_path / f"forum-next_{locale}.svg").getroot().tag.endswith("svg")  # noqa: S314
    picture = np.asarray(imread(tmp_path / f"forum-next_{locale}.png"))
    assert picture.shape[0] > picture.shape[1] > 1000


def test_the_code_on_the_poster_is_that_of_the_link(tmp_path: Path, library: Library, languages: Languages) -> None:
    draw_posters(library, languages, "en", "hiwar_bot", ["forum-next"], tmp_path, "png")
    picture = np.asarray(imread(tmp_path / "forum-next_en.png"))[:, :, 0]
    expected = np.array(list(segno.make_qr("https://t.me/hiwar_bot?start=forum-next_en", error="m").matrix)) == 0
    dark = np.argwhere(picture[int(picture.shape[0] * 0.3) : int(picture.shape[0] * 0.9)] < 0.5)
    (top, left), (bottom, right) = dark.min(axis=0), dark.max(axis=0)
    square = picture[int(picture.shape[0] * 0.3) :][top : bottom + 1, left : right + 1]
    size = len(expected)
    centres = [int((number + 0.5) * len(square) / size) for number in range(size)]
    assert ((square[np.ix_(centres, centres)] > 0.5) == expected).all()


def test_an_unknown_answer_is_refused(tmp_path: Path, library: Library, languages: Languages) -> None:
    with pytest.raises(ContentUnusable, match="no-such"):
        draw_posters(library, languages, "en", "hiwar_bot", ["no-such"], tmp_path, "svg")
