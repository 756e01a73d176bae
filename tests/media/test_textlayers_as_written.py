"""Texts of pages as programs really write them: reading orders, words without lines, signs without spaces."""

from __future__ import annotations

import pytest

from media import textlayers
from media.textlayers import Box


def _alto(blocks):
    return textlayers.read(
        f"<alto><Layout><Page WIDTH='9' HEIGHT='9'><PrintSpace>{blocks}</PrintSpace></Page></Layout></alto>".encode()
    ).page


def _block(ident, following=""):
    return f"<TextBlock ID='{ident}' IDNEXT='{following}'><TextLine><String CONTENT='{ident}'/></TextLine></TextBlock>"


@pytest.mark.parametrize(
    ("blocks", "read"),
    [
        (_block("b", "c") + _block("x") + _block("c") + _block("a", "b"), "x a b c"),
        (
            f"<ComposedBlock ID='left' IDNEXT='right'>{_block('a2')}{_block('a1', 'a2')}</ComposedBlock>{_block('foot')}"
            f"<ComposedBlock ID='right'>{_block('b1')}{_block('b2')}</ComposedBlock>",
            "a1 a2 b1 b2 foot",
        ),
        (f"{_block('a', 'picture')}{_block('c')}<Illustration ID='picture' IDNEXT='b'/>{_block('b')}", "a b c"),
        (_block("a", "b") + _block("b", "a"), "a b"),
        (_block("a", "a") + _block("b", "nowhere"), "a b"),
    ],
)
def test_in_alto_a_block_is_followed_by_the_one_that_it_names(blocks, read):
    assert _alto(blocks).text().split() == read.split()


def _said(text):
    return f"<TextEquiv><Unicode>{text}</Unicode></TextEquiv>"


def _region(ident, place):
    lines = "".join(f"<TextLine custom='readingOrder {{index:{at};}}'>{_said(ident + str(at))}</TextLine>" for at in (1, 0))
    return f"<TextRegion id='{ident}' custom='structure {{type:paragraph;}} readingOrder {{index:{place};}}'>{lines}</TextRegion>"


def _page(regions):
    return textlayers.read(f"<PcGts><Page imageWidth='100' imageHeight='100'>{regions}</Page></PcGts>".encode()).page.text().split()


def test_the_order_that_transkribus_writes_on_regions_and_lines_is_followed():
    assert _page(_region("c", 10) + _region("a", 0) + _region("b", 2)) == ["a0", "a1", "b0", "b1", "c0", "c1"]


def test_a_reading_order_of_the_page_goes_before_what_its_regions_say():
    order = "<ReadingOrder><OrderedGroup id='o'><RegionRefIndexed index='0' regionRef='b'/></OrderedGroup></ReadingOrder>"
    assert _page(order + _region("c", 5) + _region("a", 1) + _region("b", 2)) == ["b0", "b1", "a0", "a1", "c0", "c1"]


def test_words_of_transkribus_stand_in_their_order_and_lines_by_pages_own_index():
    words = "".join(f"<Word custom='readingOrder {{index:{at};}}'>{_said('w' + str(at))}</Word>" for at in (1, 0))
    lines = f"<TextLine index='1'>{_said('last')}</TextLine><TextLine index='0'>{words}</TextLine>"
    assert _page(f"<TextRegion id='a'>{lines}</TextRegion>") == ["w0", "w1", "last"]


def _hocr(inner):
    return textlayers.read(f"<html><body><div class='ocr_page' title='bbox 0 0 1000 800'>{inner}</div></body></html>".encode()).page


def _word(text, x, y):
    return f"<span class='ocrx_word' title='bbox {x} {y} {x + 90} {y + 40}'>{text}</span>"


def test_hocr_words_without_lines_become_lines_by_their_heights():
    page = _hocr(_word("Trống", 100, 100) + _word("đồng", 200, 104) + _word("Sông", 100, 200) + _word("Hương", 200, 196))
    assert [line.text for line in page.lines] == ["Trống đồng", "Sông Hương"]
    assert page.lines[0].box == Box(100, 100, 190, 44)
    assert page.lines[1].words[1].box == Box(200, 196, 90, 40)


def test_hocr_words_without_lines_keep_to_their_paragraphs():
    first, second = (f"<p class='ocr_par'>{word}</p>" for word in (_word("one", 100, 100), _word("two", 400, 100)))
    line = "<span class='ocr_line' title='bbox 100 300 400 340'>three</span>"
    assert _hocr(first + second + line).text() == "one\n\ntwo\n\nthree"


def test_hocr_paragraphs_without_lines_and_words_are_read_as_a_whole():
    inner = "<p class='ocr_par' title='bbox 10 20 510 220'>Trống\n đồng<br/>Sông Hương</p><p class='ocr_par' title='bbox 10 300 510 400'>Huế</p>"
    page = _hocr(f"<div class='ocr_carea' title='bbox 10 20 510 400'>{inner}</div>")
    assert page.text() == "Trống đồng\nSông Hương\n\nHuế"
    assert page.lines[1].box == Box(10, 20, 500, 200) and page.lines[2].box == Box(10, 300, 500, 100)


def _ordered(text, order, kind="ocr_line", name="x.png"):
    return f"<span class='{kind}' title='image \"{name}\"; bbox 1 1 9 9{order}'>{text}</span> "


@pytest.mark.parametrize(
    ("orders", "read"),
    [
        (("; order 3", "; order 1", "; order 2"), "b c a"),
        (("; order 10", ";order  -9", "; order 2"), "b c a"),
        (("", "; order 7", ""), "b a c"),  # those that say none come last
        (("; order 1", "; order 1", "; order 0"), "c a b"),
        (("; order x", "; x_order 1", "; order 99999999999"), "a b c"),
    ],
)
def test_in_hocr_the_order_that_elements_say_is_followed(orders, read):
    lines = "<!-- remark -->" + "".join(_ordered(text, order) for text, order in zip("abc", orders, strict=True))
    assert _hocr(lines).text().split() == read.split()
    areas = "".join(_ordered(_ordered(text, ""), order, "ocr_carea") for text, order in zip("abc", orders, strict=True))
    assert _hocr(areas).text().split() == read.split()
    words = "".join(_ordered(text, order, "ocrx_word") for text, order in zip("abc", orders, strict=True))
    assert _hocr(_ordered(words, "")).text() == read


def test_an_order_in_the_name_of_a_file_is_none():
    assert _hocr(_ordered("a", "; order 1", name="a; order 9") + _ordered("b", "; order 0", name="b; order 9")).text().split() == ["b", "a"]


def test_hocr_that_marks_nothing_but_the_page_has_text_without_places():
    page = _hocr("Trống đồng<br>Sông Hương")
    assert page.text() == "Trống đồng\nSông Hương" and not page.has_boxes


def test_a_caption_that_holds_lines_comes_once():
    assert _hocr("<div class='ocr_caption'><span class='ocr_line' title='bbox 1 2 50 20'>bìa</span></div>").text() == "bìa"


def test_signs_that_a_program_took_for_words_stand_without_spaces():
    strings = "".join(f"<String CONTENT='{sign}'/><SP/>" for sign in ("天", "地", "，", "trời", "đất"))
    page = _alto(f"<TextBlock><TextLine>{strings}</TextLine></TextBlock>")
    assert page.text() == "天地， trời đất"
    assert [word.start for word in page.lines[0].words] == [0, 1, 2, 4, 9]


@pytest.mark.parametrize(("at", "text"), [(110, "第章"), (190, "第 章")])
def test_signs_that_stand_far_apart_are_parted(at, text):
    across = f"<String CONTENT='第' HPOS='50' VPOS='9' WIDTH='50' HEIGHT='50'/><SP/><String CONTENT='章' HPOS='{at}' VPOS='9' WIDTH='50' HEIGHT='50'/>"
    down = across.replace("HPOS", "x").replace("VPOS", "HPOS").replace("x=", "VPOS=")
    for strings in (across, down):
        assert _alto(f"<TextBlock><TextLine>{strings}</TextLine></TextBlock>").text() == text


def test_spaces_that_a_text_itself_has_between_signs_stay():
    assert textlayers.read("天  地\n玄黃".encode()).page.text() == "天 地\n玄黃"


def _string(text, x, y, width, height):
    return f"<String CONTENT='{text}' HPOS='{x}' VPOS='{y}' WIDTH='{width}' HEIGHT='{height}'/>"


UPWARDS = _string("up", 10, 500, 40, 200) + _string("and", 10, 300, 40, 150) + _string("on", 10, 100, 40, 150)


@pytest.mark.parametrize(
    ("rotation", "strings", "turn"),
    [
        ("", UPWARDS, 270),  # the places of the words say it
        ("ROTATION='0'", UPWARDS, 270),
        ("ROTATION='90'", _string("alone", 10, 100, 40, 400), 270),
        ("ROTATION='270.4'", _string("alone", 10, 100, 40, 400), 90),
        ("ROTATION='180'", _string("alone", 10, 100, 400, 40), 180),
        ("ROTATION='90'", _string("lies", 10, 100, 400, 40), 0),  # the box lies: it was measured on the upright block
        ("ROTATION='90'", _string("天地玄黃", 10, 100, 40, 400), 0),  # a column
        ("", _string("a", 500, 10, 90, 40) + _string("b", 300, 10, 90, 40) + _string("c", 100, 10, 90, 40), 180),
        ("", _string("שלום", 500, 10, 90, 40) + _string("לכל", 300, 10, 90, 40) + _string("אדם", 100, 10, 90, 40), 0),
        ("", _string("b", 300, 10, 90, 40) + _string("a", 100, 10, 90, 40), 0),  # two may only be in disorder
        ("", _string("alone", 10, 100, 40, 400), 0),
    ],
)
def test_alto_tells_how_the_letters_of_a_block_are_turned(rotation, strings, turn):
    page = _alto(f"<ComposedBlock {rotation}><TextBlock><TextLine>{strings}</TextLine></TextBlock></ComposedBlock>")
    assert [line.turn for line in page.lines] == [turn]
    assert [line.turn for line in textlayers.decoded(textlayers.encoded(page)).lines] == [turn]
    assert [line.turn for line in textlayers.turned(page, 90).lines] == [(turn + 90) % 360]
    assert [line.turn for line in textlayers.scaled(page, 5, 5).lines] == [turn]


def test_a_line_that_says_nothing_is_turned_as_those_beside_it():
    page = _alto(
        f"<TextBlock><TextLine>{UPWARDS}</TextLine><TextLine>{_string('alone', 60, 100, 40, 400)}</TextLine></TextBlock>"
        f"<TextBlock><TextLine>{_string('heading', 100, 10, 400, 40)}</TextLine></TextBlock>"
    )
    assert [line.turn for line in page.lines] == [270, 270, 0]


@pytest.mark.parametrize(
    ("said", "turn"), [("orientation='90'", 270), ("orientation='-90'", 90), ("readingDirection='bottom-to-top'", 270), ("", 0)]
)
def test_page_tells_how_letters_are_turned(said, turn):
    line = f"<TextLine><Coords points='10,100 50,500'/>{_said('alone')}</TextLine>"
    page = textlayers.read(
        f"<PcGts><Page imageWidth='100' imageHeight='900'><TextRegion {said}>{line}</TextRegion></Page></PcGts>".encode()
    )
    assert [one.turn for one in page.page.lines] == [turn]


def test_columns_of_signs_are_not_turned_though_they_are_read_downwards():
    line = f"<TextLine><Coords points='10,100 50,500'/>{_said('天地玄黃宇宙洪荒')}</TextLine>"
    region = f"<TextRegion readingDirection='top-to-bottom'>{line}</TextRegion>"
    page = textlayers.read(f"<PcGts><Page imageWidth='100' imageHeight='900'>{region}</Page></PcGts>".encode()).page
    assert [(one.turn, one.words) for one in page.lines] == [(0, ())]


def test_hocr_tells_how_letters_are_turned():
    page = _hocr("<span class='ocr_line' title='bbox 10 100 50 500; textangle 90'>alone</span>")
    assert [line.turn for line in page.lines] == [270]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("床 前 明 月 光", "床前明月光"),
        ("床 前 明 月 光 ， 疑 是 地 上 霜 。", "床前明月光，疑是地上霜。"),
        ("床 前 明 月 光　疑 是 地 上 霜", "床前明月光 疑是地上霜"),
        ("床前明月光 疑是地上霜", "床前明月光 疑是地上霜"),
        ("明 月", "明 月"),
        ("Nôm: 天 地 玄 黃 (Thiên địa)", "Nôm: 天地玄黃 (Thiên địa)"),
    ],
)
def test_signs_that_a_program_wrote_one_by_one_stand_together_without_boxes_too(written, read):
    assert textlayers.read(written.encode()).page.text() == read
    assert _hocr(f"<span class='ocr_line'>{written}</span>").text() == read
    assert _page(f"<TextRegion id='a'><TextLine>{_said(written)}</TextLine></TextRegion>") == read.split()


def test_an_order_of_hocr_that_counts_through_several_blocks_is_followed():
    def par(place):
        return f"<p class='ocr_par' title='order {place}'><span class='ocr_line'>{place}</span></p>"

    assert _hocr(f"<div class='ocr_carea'>{par(1)}{par(4)}</div><div class='ocr_carea'>{par(3)}{par(2)}</div>").text().split() == list(
        "1234"
    )
    again = _hocr(f"<div class='ocr_carea'>{par(2)}{par(1)}</div><div class='ocr_carea'>{par(2)}{par(1)}</div>")
    assert again.text().split() == list("1212")  # each counts for itself


def test_flows_of_hocr_are_read_one_after_the_other():
    def area(flow, text):
        return f"<div class='ocr_carea' title='cflow {flow}'><span class='ocr_line'>{text}</span></div>"

    assert _hocr(area("main", "a") + area("side", "c") + area("main", "b") + area("side", "d")).text().split() == list("abcd")
