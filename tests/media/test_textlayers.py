"""Texts of pages: four formats give the same lines and boxes, broken and hostile files give a sentence."""

from __future__ import annotations

import pytest

from media import textlayers
from media.errors import RefusedFile
from media.textlayers import Box, scaled
from tests.media import pages_of_text as pages

FORMATS = {
    "ALTO": [pages.alto(2), pages.alto(3), pages.alto(4)],
    "PAGE XML": [pages.PAGE.encode()],
    "hOCR": [pages.HOCR.encode()],
}


@pytest.mark.parametrize(("name", "content"), [(name, content) for name, contents in FORMATS.items() for content in contents])
def test_every_format_gives_the_same_lines_words_and_boxes(name, content):
    reading = textlayers.read(content)
    page = reading.page
    assert reading.format.name == name
    assert (page.width, page.height) == (1000, 800)
    assert [line.text for line in page.lines] == ["Trống đồng", "Sông Hương chảy"]
    assert [word.box for line in page.lines for word in line.words] == [
        Box(100, 100, 200, 40),
        Box(320, 100, 280, 40),
        Box(100, 200, 200, 40),
        Box(320, 200, 200, 40),
        Box(540, 200, 260, 40),
    ]
    assert page.lines[1].box == Box(100, 200, 700, 40)
    assert [word.start for word in page.lines[1].words] == [0, 5, 11]


def test_a_text_may_begin_with_a_bracket():
    assert textlayers.read("<illegible> Sông Hương <3".encode()).page.text() == "<illegible> Sông Hương <3"
    assert textlayers.read(b"<Lan> to <Minh>: come").format.key == "text"


def test_plain_text_has_lines_without_places():
    page = textlayers.read(pages.PLAIN.encode()).page
    assert [line.text for line in page.lines] == ["Trống đồng", "Sông Hương chảy"]
    assert not page.has_boxes


def test_languages_of_files_become_tags_of_the_museum():
    assert textlayers.read(pages.alto()).page.language == "vi"
    assert textlayers.read(pages.HOCR.encode()).page.language == "vi"


def test_the_compact_form_gives_the_page_back():
    page = textlayers.read(pages.alto()).page
    assert textlayers.decoded(textlayers.encoded(page)) == page
    with pytest.raises(ValueError):
        textlayers.decoded(b"not a page")


def test_boxes_follow_the_picture_when_it_has_another_size():
    page = scaled(textlayers.read(pages.alto()).page, 2000, 1600)
    assert page.lines[0].words[1].box == Box(640, 200, 560, 80)
    assert (page.width, page.height) == (2000, 1600)


def test_measures_in_tenths_of_millimetres_are_scaled_by_the_page():
    page = scaled(textlayers.read(pages.alto(unit="mm10")).page, 500, 400)
    assert page.lines[0].words[0].box == Box(50, 50, 100, 20)


def test_boxes_outside_the_picture_are_cut_or_dropped():
    content = pages.alto().replace(b'HPOS="540"', b'HPOS="900"').replace(b'HPOS="320" VPOS="200"', b'HPOS="5000" VPOS="200"')
    words = scaled(textlayers.read(content).page, 1000, 800).lines[1].words
    assert words[1].box is None
    assert words[2].box == Box(900, 200, 100, 40)


@pytest.mark.parametrize("ends", ["Wasser-", "Wasser¬", "Wasser⸗"])
def test_a_word_parted_by_a_hyphen_is_known_as_a_whole(ends):
    content = pages.many_words(ends, "fall")
    first, second = textlayers.read(content).page.lines
    assert first.words[0].whole == second.words[0].whole == "Wasserfall"


@pytest.mark.parametrize(
    ("ends", "begins", "whole"), [("Hoàng-", "thành", ""), ("Hương\u00ad", "giang", "Hươnggiang"), ("end-to-", "end", "end-to-end")]
)
def test_a_hyphen_that_belongs_to_the_word_stays(ends, begins, whole):
    """Vietnamese divides no syllable: older prints join the syllables of a word by hyphens, at the end of a line, too."""
    first, second = textlayers.read(pages.many_words(ends, begins, "Huế, thuỷ tạ" if not whole else "plan")).page.lines[:2]
    assert first.words[0].whole == second.words[0].whole == whole


def test_altos_own_hyphens_are_believed():
    content = (
        pages.many_words("Ver", "nunft")
        .replace(b'CONTENT="Ver"', b'CONTENT="Ver" SUBS_TYPE="HypPart1" SUBS_CONTENT="Vernunft"')
        .replace(b"/></TextLine>", b'/><HYP CONTENT="-"/></TextLine>', 1)
        .replace(b'CONTENT="nunft"', b'CONTENT="nunft" SUBS_TYPE="HypPart2" SUBS_CONTENT="Vernunft"')
    )
    first, second = textlayers.read(content).page.lines
    assert first.text == "Ver-" and first.words[0].whole == second.words[0].whole == "Vernunft"


BOMB = b"""<?xml version="1.0"?><!DOCTYPE alto [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;">]>
<alto xmlns="http://www.loc.gov/standards/alto/ns-v4#"><Layout><Page WIDTH="10" HEIGHT="10"><TextBlock><TextLine>
<String CONTENT="&c;"/></TextLine></TextBlock></Page></Layout></alto>"""
FOREIGN = b"""<?xml version="1.0"?><!DOCTYPE alto [<!ENTITY f SYSTEM "file:///etc/hostname">]>
<alto xmlns="http://www.loc.gov/standards/alto/ns-v4#"><Layout><Page WIDTH="10" HEIGHT="10"><TextBlock><TextLine>
<String CONTENT="x"/>&f;</TextLine></TextBlock></Page></Layout></alto>"""


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b"  \n ", "empty"),
        (pages.alto()[:400], "broken-xml"),
        (BOMB, "entities"),
        (FOREIGN, "entities"),
        (BOMB.decode().replace("?>", ' encoding="UTF-16"?>', 1).encode("utf-16"), "entities"),
        (b"<?xml version='1.0'?><mets/>", "foreign-xml"),
        (b"<TEI><text>Words</text></TEI>", "foreign-xml"),
        (b"<!-- kept --><mets/>", "foreign-xml"),
        (b"<!DOCTYPE a [<!ENTITY x 'y'>]><a>&x;</a>", "entities"),
        (b"<!doctype html><p>Not found<br>", "no-page"),
        (b"  <HTML lang=en><body>Log in", "no-page"),
        (b"<?xml version='1.0'?><html><body>x</body></html>", "foreign-xml"),
        (b"\xff\xd8\xff\xe0 a picture", "not-utf8"),
        (b"text with \x00 inside", "binary"),
        (b"<?xml version='1.0'?><alto xmlns='http://www.loc.gov/standards/alto/ns-v4#'><Layout/></alto>", "no-page"),
        (pages.alto().replace(b"CONTENT", b"OTHER"), "no-text"),
        (pages.alto(unit="inch1200").replace(b'WIDTH="1000"', b"", 1), "no-size"),
        (pages.HOCR.replace("ocr_page", "page").encode(), "no-page"),
        (pages.HOCR.replace("</body>", '<div class="ocr_page" title="bbox 0 0 1 1"></div></body>').encode(), "several-pages"),
        (pages.PAGE.replace('imageWidth="1000"', "").encode(), "no-size"),
        (b"a" * 20_000_001, "too-large"),
        (b"<?xml version='1.0'?>" + b"<a>" * 5000 + b"</a>" * 5000, "broken-xml"),
        (b"a " * 60_000, "too-many-words"),
    ],
)
def test_a_file_that_cannot_be_used_says_why(content, code):
    with pytest.raises(RefusedFile) as refused:
        textlayers.read(content)
    assert refused.value.code == code
    assert str(refused.value).endswith(".")


@pytest.mark.parametrize("number", ["NaN", "inf", "1e300", "-5", "", "x"])
def test_a_bad_number_costs_its_box_and_not_the_page(number):
    page = textlayers.read(pages.alto().replace(b'WIDTH="200" HEIGHT="40"', f'WIDTH="{number}" HEIGHT="40"'.encode())).page
    assert [word.text for line in page.lines for word in line.words] == ["Trống", "đồng", "Sông", "Hương", "chảy"]
    assert page.lines[0].words[0].box is None


def test_a_file_name_in_a_title_is_no_box_and_boxes_may_have_fractions():
    content = pages.HOCR.replace('"a.png"', '"a; bbox 1 2 3 4.png"').replace("bbox 0 0", "bbox 0.0 0")
    assert textlayers.read(content.encode()).page == textlayers.read(pages.HOCR.encode()).page


def _in_page(regions):
    return textlayers.read(f"<PcGts><Page imageWidth='100' imageHeight='100'>{regions}</Page></PcGts>".encode()).page.text()


_COORDS = "<Coords points='1,1 9,9'/>"
_SAID = "<TextEquiv><Unicode>{}</Unicode></TextEquiv>"


def test_cells_of_a_table_are_read():
    line = f"<TextLine>{_COORDS}{_SAID.format('cell')}</TextLine>"
    assert _in_page(f"<TableRegion>{_COORDS}<TableCell>{_COORDS}{line}</TableCell></TableRegion>") == "cell"


def test_a_text_that_regions_say_once_more_of_those_within_them_comes_once():
    line = f"<TextLine>{_COORDS}{_SAID.format('inner')}</TextLine>"
    inner = f"<TextRegion id='b'>{_COORDS}{line}</TextRegion>"
    assert _in_page(f"<TextRegion id='a'>{_COORDS}{inner}{_SAID.format('inner')}</TextRegion>") == "inner"


def test_a_region_whose_lines_are_outlined_and_not_transcribed_keeps_its_own_text():
    assert _in_page(f"<TextRegion>{_COORDS}<TextLine>{_COORDS}</TextLine>{_SAID.format('as a whole')}</TextRegion>") == "as a whole"


def test_altos_reading_order_is_followed():
    blocks = "".join(f"<TextBlock ID='{name}'><TextLine><String CONTENT='{name}'/></TextLine></TextBlock>" for name in ("b", "c", "a"))
    order = "<ReadingOrder><OrderedGroup><ElementRef REF='a'/><ElementRef REF='b'/></OrderedGroup></ReadingOrder>"
    page = f"<Layout><Page WIDTH='9' HEIGHT='9'><PrintSpace>{blocks}</PrintSpace></Page></Layout>"
    assert textlayers.read(f"<alto>{order}{page}</alto>".encode()).page.text() == "a\n\nb\n\nc"
