"""Pages of text in the four formats, written for tests: two lines of two and three words on a page of 1000 × 800."""

from __future__ import annotations

ALTO = """<?xml version="1.0" encoding="UTF-8"?>
<alto xmlns="http://www.loc.gov/standards/alto/ns-v{version}#">
  <Description><MeasurementUnit>{unit}</MeasurementUnit></Description>
  <Layout><Page ID="p1" WIDTH="1000" HEIGHT="800" LANG="vie"><PrintSpace><TextBlock ID="b1">
    <TextLine HPOS="100" VPOS="100" WIDTH="500" HEIGHT="40">
      <String CONTENT="{first}" HPOS="100" VPOS="100" WIDTH="200" HEIGHT="40"/><SP/>
      <String CONTENT="đồng" HPOS="320" VPOS="100" WIDTH="280" HEIGHT="40"/>
    </TextLine>
    <TextLine HPOS="100" VPOS="200" WIDTH="700" HEIGHT="40">
      <String CONTENT="Sông" HPOS="100" VPOS="200" WIDTH="200" HEIGHT="40"/><SP/>
      <String CONTENT="Hương" HPOS="320" VPOS="200" WIDTH="200" HEIGHT="40"/><SP/>
      <String CONTENT="chảy" HPOS="540" VPOS="200" WIDTH="260" HEIGHT="40"/>
    </TextLine>
  </TextBlock></PrintSpace></Page></Layout>
</alto>
"""
PAGE = """<?xml version="1.0" encoding="UTF-8"?>
<PcGts xmlns="http://schema.primaresearch.org/PAGE/gts/pagecontent/2019-07-15"><Page imageWidth="1000" imageHeight="800">
  <ReadingOrder><OrderedGroup id="o"><RegionRefIndexed index="0" regionRef="r2"/><RegionRefIndexed index="1" regionRef="r1"/></OrderedGroup></ReadingOrder>
  <TextRegion id="r1"><TextLine id="l2"><Coords points="100,200 800,200 800,240 100,240"/>
    <Word id="w3"><Coords points="100,200 300,200 300,240 100,240"/><TextEquiv><Unicode>Sông</Unicode></TextEquiv></Word>
    <Word id="w4"><Coords points="320,200 520,200 520,240 320,240"/><TextEquiv><Unicode>Hương</Unicode></TextEquiv></Word>
    <Word id="w5"><Coords points="540,200 800,200 800,240 540,240"/><TextEquiv><Unicode>chảy</Unicode></TextEquiv></Word>
    <TextEquiv><Unicode>Sông Hương chảy</Unicode></TextEquiv></TextLine></TextRegion>
  <TextRegion id="r2"><TextLine id="l1"><Coords points="100,100 600,100 600,140 100,140"/>
    <Word id="w1"><Coords points="100,100 300,100 300,140 100,140"/><TextEquiv><Unicode>Trống</Unicode></TextEquiv></Word>
    <Word id="w2"><Coords points="320,100 600,100 600,140 320,140"/><TextEquiv><Unicode>đồng</Unicode></TextEquiv></Word>
    <TextEquiv><Unicode>Trống đồng</Unicode></TextEquiv></TextLine></TextRegion>
</Page></PcGts>
"""
HOCR = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">
<html xmlns="http://www.w3.org/1999/xhtml" lang="vi"><head><title></title><meta name="ocr-system" content="tesseract 5"/></head><body>
<div class="ocr_page" id="page_1" title='image "a.png"; bbox 0 0 1000 800; ppageno 0'><div class="ocr_carea" title="bbox 100 100 800 240"><p class="ocr_par">
<span class="ocr_line" title="bbox 100 100 600 140; baseline 0 0"><span class="ocrx_word" title="bbox 100 100 300 140; x_wconf 96">Trống</span>
<span class="ocrx_word" title="bbox 320 100 600 140; x_wconf 91">đồng</span></span>
<span class="ocr_line" title="bbox 100 200 800 240"><span class="ocrx_word" title="bbox 100 200 300 240">Sông</span>
<span class="ocrx_word" title="bbox 320 200 520 240">Hương</span> <span class="ocrx_word" title="bbox 540 200 800 240">chảy</span></span>
</p></div></div></body></html>
"""
PLAIN = "Trống đồng\nSông Hương chảy\n"


def alto(version: int = 4, unit: str = "pixel", first: str = "Trống") -> bytes:
    """The page as ALTO."""
    return ALTO.format(version=version, unit=unit, first=first).encode()


def many_words(*words: str) -> bytes:
    """A page of these words as ALTO, one word a line."""
    lines = "".join(
        f'<TextLine HPOS="10" VPOS="{10 + 30 * at}" WIDTH="300" HEIGHT="20">'
        f'<String CONTENT="{word}" HPOS="10" VPOS="{10 + 30 * at}" WIDTH="300" HEIGHT="20"/></TextLine>'
        for at, word in enumerate(words)
    )
    return (
        '<alto xmlns="http://www.loc.gov/standards/alto/ns-v4#"><Layout><Page WIDTH="1000" HEIGHT="800"><PrintSpace>'
        f"<TextBlock>{lines}</TextBlock></PrintSpace></Page></Layout></alto>"
    ).encode()
