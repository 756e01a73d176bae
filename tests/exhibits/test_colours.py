"""The museum's accent colour is readable in both themes, whatever was chosen."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exhibits import colours


@given(st.integers(0, 0xFFFFFF))
def test_any_accent_is_readable_on_both_grounds(number: int) -> None:
    accent = f"#{number:06x}"
    for ground in colours.LIGHT_GROUNDS:
        assert colours.contrast(colours.accent_on_light(accent), ground) >= 4.5
    for ground in colours.DARK_GROUNDS:
        assert colours.contrast(colours.accent_on_dark(accent), ground) >= 4.5


def test_a_readable_accent_stays_as_it_was_chosen() -> None:
    assert colours.accent_on_light("#23408E") == "#23408e"


def test_an_unreadable_accent_is_darkened_and_keeps_its_hue() -> None:
    darker = colours.accent_on_light("#ffd700")
    red, green, blue = (int(darker[at : at + 2], 16) for at in (1, 3, 5))
    assert red > green > blue


@pytest.mark.parametrize("text", ["", "blue", "#12", "#12345", "23408e", "#٣٣٣"])
def test_what_is_no_colour_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        colours.normalised(text)


def test_black_and_white_differ_by_21_to_1() -> None:
    assert colours.contrast("#000000", "#ffffff") == pytest.approx(21)
