"""Measurements as people write them, their conversions and readings."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from records.measurements import UNITS, Measurement, MeasurementError, centimetres, convert, format, format_all, parse_dimensions, validate


def _read(text, languages=()):
    """(part, kind, value or (value, upper), unit) of each measurement."""
    return [
        (m.part, m.kind, str(m.value.normalize() + 0) if m.upper is None else (str(m.value), str(m.upper)), m.unit)
        for m in parse_dimensions(text, languages)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("12 × 8 cm", [("", "height", "12", "cm"), ("", "width", "8", "cm")]),
        ("30 H x 20 W x 10 D cm", [("", "height", "30", "cm"), ("", "width", "20", "cm"), ("", "depth", "10", "cm")]),
        ("30h x 20w x 10d cm", [("", "height", "30", "cm"), ("", "width", "20", "cm"), ("", "depth", "10", "cm")]),
        ("2 h 30 min", [("", "duration", "150", "min")]),
        ("Duration: 3:25", [("", "duration", "205", "s")]),
        ("5 cm in diameter", [("", "diameter", "5", "cm")]),
        ("rolled in storage: 24 cm", [("rolled in storage", "height", "24", "cm")]),
        ("Book: 30 x 20 cm, 245 pages", [("Book", "height", "30", "cm"), ("Book", "width", "20", "cm")]),
        ("1) 30 x 20 cm", [("", "height", "30", "cm"), ("", "width", "20", "cm")]),
        ("Height (cm): 30; Width (cm): 20", [("", "height", "30", "cm"), ("", "width", "20", "cm")]),
        ("Hauteur en m : 0,345", [("", "height", "0.345", "m")]),
        ("Dài 2m5", [("", "length", "2.5", "m")]),
        ("C: 25cm, ĐKM: 12cm, ĐKĐ: 8cm", [("", "height", "25", "cm"), ("miệng", "diameter", "12", "cm"), ("đáy", "diameter", "8", "cm")]),
        ("縱28.2公分 橫34.8公分", [("", "height", "28.2", "cm"), ("", "width", "34.8", "cm")]),
        ("本幅 28.2x34.8公分", [("本幅", "height", "28.2", "cm"), ("本幅", "width", "34.8", "cm")]),
        ("尺寸：30×20公分", [("", "height", "30", "cm"), ("", "width", "20", "cm")]),
        ("高５．５ｃｍ", [("", "height", "5.5", "cm")]),
        ("Höjd 12 cm, bredd 8 cm, djup 3 cm", [("", "height", "12", "cm"), ("", "width", "8", "cm"), ("", "depth", "3", "cm")]),
        ("Vikt 345 g; längd 30 cm", [("", "weight", "345", "g"), ("", "length", "30", "cm")]),
        ("Altura: 30 cm; largura: 20 cm", [("", "height", "30", "cm"), ("", "width", "20", "cm")]),
        ("H. 10 1/4 in. (26 cm)", [("", "height", "26", "cm")]),
        ("Cao 12cm, ĐK 5,5cm", [("", "height", "12", "cm"), ("", "diameter", "5.5", "cm")]),
        ("8 ½ x 11 ⅜ in.", [("", "height", "8.5", "[in_i]"), ("", "width", "11.375", "[in_i]")]),
        ("высота 12 см, диаметр 5,5 см", [("", "height", "12", "cm"), ("", "diameter", "5.5", "cm")]),
        ("2,88 × 1,40 × 0,29 m", [("", "height", "2.88", "m"), ("", "width", "1.4", "m"), ("", "depth", "0.29", "m")]),
        ("Đường kính mặt 79 cm; cao 63 cm", [("mặt", "diameter", "79", "cm"), ("", "height", "63", "cm")]),
        ("ĐK: 24,5cm; C: 4cm", [("", "diameter", "24.5", "cm"), ("", "height", "4", "cm")]),
        ("cao từ 2,02 m đến 2,5 m", [("", "height", ("2.02", "2.5"), "m")]),
        ("bộ 6 chiếc, đường kính từ 30 đến 62 cm", [("", "diameter", ("30", "62"), "cm")]),
        (
            "dài 20cm, rộng 10cm, cao 5cm, nặng 1,2kg",
            [("", "length", "20", "cm"), ("", "width", "10", "cm"), ("", "height", "5", "cm"), ("", "weight", "1.2", "kg")],
        ),
        ("D: 120cm; R: 50cm", [("", "length", "120", "cm"), ("", "width", "50", "cm")]),
        ("đường kính đáy 8 cm, dày 2mm", [("đáy", "diameter", "8", "cm"), ("", "thickness", "2", "mm")]),
        (
            "45 x 60 cm (khung 50 x 65 cm)",
            [("", "height", "45", "cm"), ("", "width", "60", "cm"), ("khung", "height", "50", "cm"), ("khung", "width", "65", "cm")],
        ),
        ("H. 34,5 ; l. 21,7 ; P. 12 cm", [("", "height", "34.5", "cm"), ("", "width", "21.7", "cm"), ("", "depth", "12", "cm")]),
        ("Hauteur en cm : 34,5 ; Largeur en cm : 21", [("", "height", "34.5", "cm"), ("", "width", "21", "cm")]),
        ("Höhe x Breite: 205 x 149 mm (Platte)", [("Platte", "height", "205", "mm"), ("Platte", "width", "149", "mm")]),
        ("Dm 23 mm, Gew. 4,5 g", [("", "diameter", "23", "mm"), ("", "weight", "4.5", "g")]),
        ("1 Bl., 62,5 x 69,5 cm", [("", "height", "62.5", "cm"), ("", "width", "69.5", "cm")]),
        ("高 63厘米，口径 24.5厘米", [("", "height", "63", "cm"), ("口", "diameter", "24.5", "cm")]),
        (
            "20 x 30 cm, frame 30 x 40 cm",
            [("", "height", "20", "cm"), ("", "width", "30", "cm"), ("frame", "height", "30", "cm"), ("frame", "width", "40", "cm")],
        ),
        ("DxRxC: 120x60x75cm", [("", "length", "120", "cm"), ("", "width", "60", "cm"), ("", "height", "75", "cm")]),
        ("2 m 30 cm", [("", "height", "230", "cm")]),
        ("1m20 x 80cm", [("", "height", "1.2", "m"), ("", "width", "80", "cm")]),
        ("1.234,5 kg", [("", "weight", "1234.5", "kg")]),
        ("01:20:30", [("", "duration", "4830", "s")]),
        ("縦30.5cm 横20.2cm", [("", "height", "30.5", "cm"), ("", "width", "20.2", "cm")]),
        ("高さ30.5cm、幅20cm", [("", "height", "30.5", "cm"), ("", "width", "20", "cm")]),
        ("Ø 12,5 cm", [("", "diameter", "12.5", "cm")]),
        ("H. 20 cm; D. 12 cm", [("", "height", "20", "cm"), ("", "diameter", "12", "cm")]),
        ("H. 20, W. 10, D. 5 cm", [("", "height", "20", "cm"), ("", "width", "10", "cm"), ("", "depth", "5", "cm")]),
        (
            '11 1/2" H x 9 1/2" W x 1 1/2" D',
            [("", "height", "11.5", "[in_i]"), ("", "width", "9.5", "[in_i]"), ("", "depth", "1.5", "[in_i]")],
        ),
        ("30 x 20 cm (H x B)", [("", "height", "30", "cm"), ("", "width", "20", "cm")]),
        ("1 1/2 x 2½ in.", [("", "height", "1.5", "[in_i]"), ("", "width", "2.5", "[in_i]")]),
        ("5 ft. 2 in.", [("", "height", "62", "[in_i]")]),
        ("running time: 24 min 10 secs", [("", "duration", "1450", "s")]),
        ("Weight: 1350 lb. (612.4 kg)", [("", "weight", "612.4", "kg")]),
        ("rim: 6 1/4 in. (15.9 cm)", [("rim", "diameter", "15.9", "cm")]),
        ("24.5 x 30 cm; 9 5/8 x 11 3/4 in.", [("", "height", "24.5", "cm"), ("", "width", "30", "cm")]),
        ("1,234 mm", [("", "height", "1234", "mm")]),
        ("0,125 m", [("", "height", "0.125", "m")]),
        ("no dimensions", []),
        ("24 trang", []),
        ("", []),
    ],
)
def test_dimensions_are_split(text, expected):
    assert _read(text) == expected


def test_the_parts_of_a_text_without_separators_are_told_apart_and_metric_wins():
    assert _read("sheet: 29 5/8 x 21 3/4 in. (75.2 x 55.2 cm)image: 25 3/16 x 20 in. (64 x 50.8 cm)sheet1: 11 13/16 in. (30 cm)") == [
        ("sheet", "height", "75.2", "cm"),
        ("sheet", "width", "55.2", "cm"),
        ("image", "height", "64", "cm"),
        ("image", "width", "50.8", "cm"),
        ("sheet", "height", "30", "cm"),
    ]
    assert _read("Storage: 33 x 6.7 cm (13 x 2 5/8 in.)484 3/4 x 13 1/8 in. (1231.3 x 33.3 cm)")[2:] == [
        ("", "height", "1231.3", "cm"),
        ("", "width", "33.3", "cm"),
    ]
    assert _read("Overall: 9/16 x 9/16 in., 1/16 in. (1.4 x 1.5 cm, 0.2 cm)") == [
        ("Overall", "height", "1.4", "cm"),
        ("Overall", "width", "1.5", "cm"),
        ("Overall", "depth", "0.2", "cm"),
    ]


def test_remarks_are_kept_as_qualifiers():
    assert [m.qualifier for m in parse_dimensions("khoảng 30 x 40 cm")] == ["approximate", "approximate"]
    assert [m.qualifier for m in parse_dimensions("cao 1,85 m (không kể bệ)")] == ["không kể bệ"]
    assert [m.qualifier for m in parse_dimensions("max. H. 20 cm")] == ["maximum"]
    assert [m.qualifier for m in parse_dimensions("3 x 4 x 5")] == ["unit not stated"] * 3


def test_the_words_each_extent_came_from_are_kept():
    assert [m.display for m in parse_dimensions("Đường kính mặt 79 cm; cao 63 cm")] == ["Đường kính mặt 79 cm", "cao 63 cm"]
    assert parse_dimensions("image: 25 3/16 x 20 in. (64 x 50.8 cm)")[0].display == "25 3/16 x 20 in. (64 x 50.8 cm)"


@given(st.integers(1, 9999), st.integers(1, 9999), st.sampled_from(["cm", "mm", "m"]))
def test_two_figures_and_a_unit_are_height_and_width(height, width, unit):
    assert (
        _read(f"{height} x {width} {unit}")
        == _read(f"{height}×{width}{unit}")
        == [("", "height", str(Decimal(height)), unit), ("", "width", str(Decimal(width)), unit)]
    )


@given(st.text(max_size=80))
def test_no_text_raises(text):
    for measurement in parse_dimensions(text):
        validate(measurement)


PIECES = [
    "12",
    "3 1/2",
    "x",
    "×",
    "cm",
    "in.",
    "(",
    ")",
    ":",
    ";",
    ",",
    "cao",
    "H.",
    "D.",
    "l.",
    "Ø",
    "khung",
    "sheet",
    "đến",
    "-",
    "/",
    "kg",
    "ft",
    "min",
    "s",
    "ca.",
    "½",
    "0",
    "1/0",
    '"',
    "mỗi",
    "nặng",
    "口径",
]


@given(st.lists(st.sampled_from(PIECES), max_size=12))
def test_no_mixture_of_words_raises(pieces):
    for measurement in parse_dimensions(" ".join(pieces)):
        validate(measurement)


def test_units_are_converted_exactly():
    inch = Measurement("height", Decimal(10), "[in_i]", Decimal(12))
    assert convert(inch, "cm") == Measurement("height", Decimal("25.40"), "cm", Decimal("30.48"))
    assert centimetres(Measurement("height", Decimal("1.5"), "m")) == Decimal("150.00")
    assert convert(Measurement("weight", Decimal(2), "kg"), "g").value == 2000
    with pytest.raises(MeasurementError, match="cannot be turned into"):
        convert(inch, "kg")
    with pytest.raises(MeasurementError, match="not a unit known here"):
        convert(inch, "furlong")


@given(st.decimals(0, 10**6, places=2), st.sampled_from([unit for unit, (what, _) in UNITS.items() if what == "length"]))
def test_there_and_back_is_the_same(value, unit):
    measurement = Measurement("height", value, unit)
    assert abs(convert(convert(measurement, "cm"), unit).value - value) < Decimal("0.000001")


@pytest.mark.parametrize(
    ("measurement", "said"),
    [
        (Measurement("hight", Decimal(1), "cm"), "Choose one of"),
        (Measurement("height", Decimal(1), "furlong"), "not a unit"),
        (Measurement("height", Decimal(-1), "cm"), "negative"),
        (Measurement("height", Decimal(2), "cm", Decimal(1)), "Swap the two"),
    ],
)
def test_an_impossible_measurement_gets_a_sentence(measurement, said):
    with pytest.raises(MeasurementError, match=said):
        validate(measurement)


def test_measurements_are_read_in_english_and_vietnamese():
    both = parse_dimensions("sheet: 75.2 x 55.25 cm; image: 64 x 50.8 cm, nặng 3 kg")
    assert format_all(both) == "sheet: 75.2 × 55.25 cm; image: 64 × 50.8 cm; weight 3 kg"
    assert format_all(both, "vi") == "sheet: 75,2 × 55,25 cm; image: 64 × 50,8 cm; nặng 3 kg"
    assert format(parse_dimensions("đường kính từ 30 đến 62 cm")[0], "vi") == "đường kính 30–62 cm"
    assert format_all(parse_dimensions("cao 1,85 m (không kể bệ)"), "vi") == "cao 1,85 m (không kể bệ)"
    assert format(parse_dimensions("ca. 12 in. high")[0]) == "height c. 12 in"
