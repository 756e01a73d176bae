"""A small museum with something of everything that visitors' pages can show; its pictures are real files."""

from __future__ import annotations

import io
import json
import uuid
from typing import Any

from django.contrib.contenttypes.models import ContentType
from PIL import Image, ImageDraw
from wagtail.models import Locale, Page

from artifacts.models import (
    ArtifactMedia,
    CareNotice,
    Description,
    Event,
    Inscription,
    Maker,
    Material,
    MeasurementRow,
    ProvenanceStep,
    Relation,
    Right,
    Subject,
    Title,
)
from exhibits import founding
from exhibits.models import ExhibitionIndexPage, ExhibitionPage, HomePage, MuseumSettings, TextPage
from media import derive, ingest
from tests import factories
from tests.factories import text
from vocabularies.models import Period

LONG = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft " * 3


def both(english: str, vietnamese: str) -> dict[str, Any]:
    """A language map of two texts."""
    return {**text(english), **text(vietnamese, "vi", "human")}


def drawn(width: int, height: int, ground: str) -> io.BytesIO:
    """A picture file: rings on a ground."""
    picture = Image.new("RGB", (width, height), ground)
    pen = ImageDraw.Draw(picture)
    for ring in range(20, min(width, height) // 2, 40):
        pen.ellipse([width / 2 - ring, height / 2 - ring, width / 2 + ring, height / 2 + ring], outline="#d8c9a0", width=6)
    file = io.BytesIO()
    picture.save(file, "JPEG", quality=80)
    file.seek(0)
    return file


def picture(artifact: Any, size: tuple[int, int] = (1200, 900), ground: str = "#3b5d50", **values: Any) -> ArtifactMedia:
    """A real picture of an object, ready to be seen once the object is published."""
    asset = ingest.receive(drawn(*size, ground), "drawn.jpg", alt_text=both("Rings on a dark ground", "Những vòng tròn trên nền sẫm"))
    derive.prepare(asset.pk)
    return ArtifactMedia.objects.create(artifact=artifact, asset=asset, sort_order=artifact.media.count(), **values)


def drum() -> Any:
    """An object with every kind of fact."""
    hue, bronze = factories.make_place("Huế"), factories.make_term("bronze")
    period = Period.objects.create(label=both("Đông Sơn culture", "Văn hóa Đông Sơn"), earliest=-700, latest=100)
    companion = factories.make_object("BT 2", title="Chiếc muôi đồng")
    artifact = factories.make_object(
        "BT 1987.12",
        title="Trống đồng Sông Hương",
        public=False,
        credit_line=both("City of Huế", "Thành phố Huế"),
        gallery=both("Room 2", "Phòng 2"),
        materials_display=both("bronze, lost-wax casting", "đồng, đúc khuôn sáp"),
        rows={
            "titles": [Title(text="Drum of the Perfume River", language="en"), Title(text="香江銅鼓", language="lzh", kind="original", preferred=False)],
            "makers": [Maker(agent=factories.make_agent("Phường Đúc"), qualifier="workshop", certainty="possible", source_note="Trần 1994")],
            "events": [Event(date_text="400–200 TCN", date_earliest=-399, date_latest=-199, place=hue, period=period)],
            "materials": [Material(term=bronze)],
            "measurements": [MeasurementRow(kind="height", value="53", unit="cm"), MeasurementRow(kind="diameter", value="79", unit="cm")],
            "descriptions": [Description(kind="label", text=both("Fourteen rays.", "Mười bốn tia.")), Description(kind="history", text=text("Vớt lên.", "vi"))],
            "inscriptions": [Inscription(language="lzh", original="紹治三年", reading="Thiệu Trị tam niên", translation=text("third year of Thiệu Trị"))],
            "subjects": [Subject(place=hue)],
            "relations": [Relation(kind="pair", other=companion)],
            "provenance": [ProvenanceStep(date_text="1843", text=text("Given to the temple.")), ProvenanceStep(gap=True)],
            "rights": [Right(statement="http://creativecommons.org/publicdomain/zero/1.0/")],
        },
    )  # fmt: skip
    for number in range(3):
        picture(artifact, ground=("#3b5d50", "#5a3d2b", "#23408e")[number], primary=number == 0, label=text(f"Side {number + 1}"))
    factories.publish(artifact)
    factories.make_object("BT 1987.12.1", title="Tượng cóc", part_of=artifact)
    return artifact


def sacred() -> Any:
    """An object with a notice before it."""
    notice = CareNotice(label=text("TK Notice"), uri="https://localcontexts.org/notice/tk-notice/")
    artifact = factories.make_object(
        "BT 3",
        title="Mặt nạ",
        public=False,
        sensitivity="sacred",
        care_warning=both("With consent.", "Có sự đồng ý."),
        rows={"care_notices": [notice]},
    )
    picture(artifact)
    factories.publish(artifact)
    return artifact


def extremes() -> list[Any]:
    """A panorama, a scroll, a restricted picture, no picture, and a title of 200 characters and more."""
    made = []
    for number, size in [("EX 1", (2800, 200)), ("EX 2", (200, 2800))]:
        artifact = factories.make_object(number, title="Trường quyển", public=False)
        picture(artifact, size, primary=True)
        factories.publish(artifact)
        made.append(artifact)
    restricted = factories.make_object("EX 3", title="Bức ảnh", public=False)
    picture(restricted, publication_class="restricted")
    factories.publish(restricted)
    nameless = factories.make_object("EX 4", title=LONG, public=True)
    return [*made, restricted, nameless]


def site() -> None:
    """The first pages, also after a test that emptied the database of what Wagtail's migrations had put there."""
    ContentType.objects.clear_cache()
    if Page.get_first_root_node() is None:
        locale, _ = Locale.objects.get_or_create(language_code="en")
        Page.add_root(instance=Page(title="Root", slug="root", locale=locale))
    founding.found_site()


def exhibition(objects: list[Any]) -> ExhibitionPage:
    """An exhibition with every kind of section, in English, and the museum's name and front page."""
    home = HomePage.objects.get(locale__language_code="en")
    index = ExhibitionIndexPage.objects.get(locale__language_code="en")
    keys = [one.pk for one in objects]
    sections = [
        {"type": "text", "value": "<h2>Morning</h2><p>The mist leaves the river.</p>"},
        {"type": "object", "value": {"object": keys[0], "region": "", "caption": "<p>Look closely.</p>", "side": "right"}},
        {"type": "detail", "value": {"object": keys[0], "region": "100,100,600,300", "text": "<p>One ring.</p>"}},
        {"type": "quotation", "value": {"text": "水能載舟", "source": "Xunzi", "language": "lzh"}},
        {
            "type": "objects",
            "value": {
                "heading": "All",
                "caption": "",
                "objects": [{"type": "item", "value": key, "id": str(uuid.uuid4())} for key in keys],
            },
        },
    ]
    page = ExhibitionPage(
        title="Water that remembers", subtitle="Eleven weeks", summary="A river seen.", slug="water", body=json.dumps(sections)
    )
    page.cover_object = objects[0]
    index.add_child(instance=page)
    page.save_revision().publish()
    home.hero_exhibition = page
    home.save_revision().publish()
    visit = TextPage(
        title="Visit", slug="visit", show_in_menus=True, body=json.dumps([{"type": "text", "value": "<h2>Hours</h2><p>8 to 5.</p>"}])
    )
    home.add_child(instance=visit)
    visit.save_revision().publish()
    MuseumSettings.objects.create(
        site_id=home.get_site().pk, name=both("Museum of the Perfume River", "Bảo tàng Sông Hương"), footer=text("23 Lê Lợi\nHuế")
    )
    return page
