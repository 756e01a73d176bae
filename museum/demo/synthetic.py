"""Made-up records for scale: plausible, recombined, in Vietnamese and English, always the same for the same number.

They are what a museum of that size holds, not what anybody should look at: each has titles, a type, a date, a maker, materials,
a place, measurements and a label text; two in five share a picture of the demo museum. They can be told by their source,
"synthetic", and are made once each: a second run adds what is missing.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from artifacts import publishing
from artifacts.models import (
    Artifact,
    ArtifactMedia,
    Description,
    Event,
    Maker,
    Material,
    MeasurementRow,
    ObjectName,
    Subject,
    Title,
)
from media.models import Asset
from records import journal
from vocabularies.models import Agent, Department, Museum, Period, Place, Term, Vocabulary

SOURCE = "synthetic"
BATCH = 500

KINDS = (
    ("bát", "bowl"),
    ("đĩa", "dish"),
    ("bình", "vase"),
    ("ấm trà", "teapot"),
    ("chén", "cup"),
    ("hộp", "box"),
    ("tranh", "print"),
    ("bản đồ", "map"),
    ("áo", "robe"),
    ("tượng", "figure"),
    ("chuông", "bell"),
    ("ấn", "seal"),
    ("đồng tiền", "coin"),
    ("quạt", "fan"),
    ("sách", "book"),
    ("ảnh", "photograph"),
    ("rìu", "axe"),
    ("mũi giáo", "spearhead"),
    ("lư hương", "incense burner"),
    ("khay", "tray"),
)
MOTIFS = (
    ("rồng", "dragons"),
    ("hoa sen", "lotus"),
    ("chim phượng", "phoenixes"),
    ("mây", "clouds"),
    ("sóng nước", "waves"),
    ("cá chép", "carp"),
    ("hoa cúc", "chrysanthemums"),
    ("trúc", "bamboo"),
    ("thuyền", "boats"),
    ("chùa bên sông", "a pagoda by the river"),
    ("chữ thọ", "the character for long life"),
    ("hạc", "cranes"),
    ("ngư phủ", "fishermen"),
    ("núi", "mountains"),
    ("đèn lồng", "lanterns"),
    ("voi", "elephants"),
)
MATERIALS = (
    ("sứ", "porcelain", "ceramic"),
    ("gốm", "stoneware", "ceramic"),
    ("đất nung", "earthenware", "ceramic"),
    ("đồng", "bronze", "metal"),
    ("bạc", "silver", "metal"),
    ("sắt", "iron", "metal"),
    ("gỗ", "wood", "plant material"),
    ("tre", "bamboo", "plant material"),
    ("giấy dó", "bark paper", "paper"),
    ("giấy", "paper", "paper"),
    ("lụa", "silk", "textile"),
    ("bông", "cotton", "textile"),
    ("sơn mài", "lacquer", "plant material"),
    ("đá", "stone", "stone"),
    ("ngà", "ivory", "animal material"),
)
FAMILIES_OF_MATERIALS = (
    ("gốm", "ceramic"),
    ("kim loại", "metal"),
    ("thực vật", "plant material"),
    ("giấy", "paper"),
    ("vải sợi", "textile"),
    ("đá", "stone"),
    ("chất liệu động vật", "animal material"),
)
TECHNIQUES = (
    ("vẽ lam", "painted in blue"),
    ("in khắc gỗ", "woodblock printing"),
    ("đúc", "casting"),
    ("thêu", "embroidery"),
    ("chạm", "carving"),
    ("khảm", "inlay"),
)
FAMILIES = ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Phan", "Vũ", "Đặng", "Bùi", "Đỗ", "Hồ", "Ngô", "Dương", "Lý", "Tôn Thất")
MIDDLES = ("Văn", "Thị", "Hữu", "Đức", "Công", "Ngọc", "Quang", "Minh", "Thanh", "Xuân")
GIVEN = (
    "An",
    "Bình",
    "Cường",
    "Dũng",
    "Giang",
    "Hà",
    "Hải",
    "Hạnh",
    "Hiền",
    "Hoa",
    "Hùng",
    "Khánh",
    "Lan",
    "Linh",
    "Long",
    "Mai",
    "Nam",
    "Phúc",
    "Sơn",
    "Thảo",
    "Tuấn",
    "Yến",
)
PLACES = (
    "Làng Đúc",
    "Phố Cảng",
    "Bến Ngự",
    "Làng Gốm",
    "Kim Long",
    "Vạn Chài",
    "Thành Nội",
    "Cửa Biển",
    "Làng Tranh",
    "Chợ Mới",
    "Bãi Dâu",
    "Núi Bạch",
)
TREATMENTS = (("vẽ", "with"), ("chạm", "carved with"), ("trang trí", "decorated with"))

Progress = Callable[[int, int], None]


def add(total: int, progress: Progress) -> int:
    """Make records 1 to ``total`` that do not exist yet; returns how many were made. ``progress(done, total)`` after each batch."""
    words = _Words.prepare()
    existing = {int(number) for number in Artifact.objects.filter(source=SOURCE).values_list("source_id", flat=True)}
    missing = [number for number in range(1, total + 1) if number not in existing]
    for start in range(0, len(missing), BATCH):
        batch = missing[start : start + BATCH]
        _make(batch, words)
        progress(min(start + BATCH, len(missing)), len(missing))
    return len(missing)


@transaction.atomic
def _make(numbers: list[int], words: _Words) -> None:
    now = timezone.now()
    plans = [_Plan(number, words) for number in numbers]
    artifacts = Artifact.objects.bulk_create([plan.artifact(now) for plan in plans])
    for model in (Title, ObjectName, Event, Maker, Material, MeasurementRow, Subject, Description):
        rows = [row for plan, artifact in zip(plans, artifacts, strict=True) for row in plan.rows(model, artifact)]
        model._default_manager.bulk_create(rows, batch_size=2000)  # type: ignore[attr-defined]
    uses = [use for plan, artifact in zip(plans, artifacts, strict=True) for use in plan.pictures(artifact)]
    ArtifactMedia.objects.bulk_create(uses)
    publishing.refresh([artifact.pk for artifact in artifacts])  # notes them in the journal, too


class _Words:
    """The vocabulary records that all plans share."""

    def __init__(self, departments: list[Department], types: list[Term], materials: list[Term], techniques: list[Term]) -> None:
        self.departments, self.types, self.materials, self.techniques = departments, types, materials, techniques
        self.motifs = _terms("subjects", MOTIFS)
        self.agents = _agents()
        self.places = _places()
        self.periods = list(Period.objects.exclude(earliest=None).order_by("pk"))
        self.assets = list(
            Asset.objects.filter(kind="image", state="ready", tier="public").order_by("pk").values_list("pk", flat=True)[:200]
        )

    @classmethod
    def prepare(cls) -> _Words:
        """Make what is missing of the vocabulary records."""
        museum = Museum.objects.order_by("pk").first() or Museum.objects.create(
            code="synthetic", label=_text("Bảo tàng giả lập", "Synthetic museum")
        )
        departments = list(Department.objects.filter(museum=museum).order_by("pk"))
        if not departments:
            departments = [Department.objects.create(museum=museum, code="synthetic", label=_text("Phòng giả lập", "Synthetic department"))]
        families = _terms("materials", FAMILIES_OF_MATERIALS)
        broader = {name: family for (_vi, name), family in zip(FAMILIES_OF_MATERIALS, families, strict=True)}
        materials = _terms("materials", [(vi, en) for vi, en, _ in MATERIALS], [broader[family] for *_, family in MATERIALS])
        return cls(departments, _terms("object-names", KINDS), materials, _terms("techniques", TECHNIQUES))


def _text(vi: str, en: str) -> dict[str, dict[str, str]]:
    return {"vi": {"text": vi, "state": "source"}, "en": {"text": en, "state": "human", "of": "vi"}}


def _terms(vocabulary: str, labels: Any, broader: list[Term] | None = None) -> list[Term]:
    scheme, _ = Vocabulary.objects.get_or_create(code=vocabulary, defaults={"label": _text(vocabulary, vocabulary)})
    found = []
    for number, (vi, en) in enumerate(labels):
        # the demo's own word where there is one: a facet shows porcelain once, and "ceramics" finds all of it
        term = Term.objects.filter(vocabulary=scheme, label__en__text=en).order_by("pk").first()
        found.append(
            term
            or Term.objects.create(
                source=SOURCE,
                source_id=f"{vocabulary}/{en}",
                vocabulary=scheme,
                label=_text(vi, en),
                broader=broader[number] if broader else None,
            )
        )
    return found


def _agents() -> list[Agent]:
    names = [f"{family} {middle} {given}" for family in FAMILIES for middle in MIDDLES for given in GIVEN]
    known = {agent.source_id: agent for agent in Agent.objects.filter(source=SOURCE)}
    fresh = [Agent(source=SOURCE, source_id=name, label={"vi": {"text": name, "state": "source"}}) for name in names if name not in known]
    Agent.objects.bulk_create(fresh, batch_size=500)
    if fresh:
        fresh = list(Agent.objects.filter(source=SOURCE))
        journal.changed("agent", [agent.pk for agent in fresh], new=True)
    return list(Agent.objects.filter(source=SOURCE).order_by("pk"))


def _places() -> list[Place]:
    return [
        Place.objects.get_or_create(source=SOURCE, source_id=name, defaults={"label": {"vi": {"text": name, "state": "source"}}})[0]
        for name in PLACES
    ]


class _Plan:
    """One record, decided by its number alone."""

    def __init__(self, number: int, words: _Words) -> None:
        chance = random.Random(number)  # noqa: S311 - reproducible, not secret
        self.number, self.words = number, words
        kind = chance.randrange(len(KINDS))
        motif = chance.randrange(len(MOTIFS))
        self.type, self.motif = words.types[kind], words.motifs[motif]
        self.treatment = TREATMENTS[chance.randrange(len(TREATMENTS))]
        vi_treatment, en_treatment = self.treatment
        self.title_vi = f"{KINDS[kind][0]} {vi_treatment} {MOTIFS[motif][0]}".capitalize()
        self.title_en = f"{KINDS[kind][1]} {en_treatment} {MOTIFS[motif][1]}".capitalize()
        # museums hold many of a few things: squares make the first ones common
        self.material = words.materials[int(len(words.materials) * chance.random() ** 2)]
        self.technique = chance.choice(words.techniques)
        self.agent = words.agents[int(len(words.agents) * chance.random() ** 2)] if chance.random() < 0.6 else None
        self.place = chance.choice(words.places)
        self.department = chance.choice(words.departments)
        self.year = chance.randrange(1428, 1980) if chance.random() < 0.95 else chance.randrange(-600, 200)
        self.span = chance.choice((0, 0, 5, 10, 25, 50))
        self.sizes = [round(chance.uniform(3, 90), 1) for _ in range(chance.choice((1, 2, 2, 3)))]
        self.asset = chance.choice(words.assets) if words.assets and chance.random() < 0.4 else None
        self.chance = chance

    def artifact(self, now: datetime) -> Artifact:
        """The record itself, live."""
        return Artifact(
            museum_id=self.department.museum_id,
            department=self.department,
            accession_number=f"TD {1900 + self.number % 126}.{self.number}",
            source=SOURCE,
            source_id=str(self.number),
            live=True,
            first_published_at=now,
            last_published_at=now,
            acquired_year=1900 + self.number % 126,
            credit_line=_text("Dữ liệu giả lập", "Synthetic data"),
        )

    def rows(self, model: Any, artifact: Artifact) -> Iterator[Any]:
        """The rows of one kind."""
        yield from getattr(self, f"_{model.__name__.lower()}")(artifact)

    def _title(self, artifact: Artifact) -> Iterator[Title]:
        yield Title(artifact=artifact, text=self.title_vi, language="vi", sort_order=0)
        yield Title(artifact=artifact, text=self.title_en, language="en", kind="translated", sort_order=1)

    def _objectname(self, artifact: Artifact) -> Iterator[ObjectName]:
        yield ObjectName(artifact=artifact, term=self.type)

    def _event(self, artifact: Artifact) -> Iterator[Event]:
        first, last = self.year, self.year + self.span
        text = str(first) if first == last else f"{first}–{last}"
        if first <= 0:
            text = f"khoảng {1 - first} TCN"
        period = next(
            (p for p in self.words.periods if p.earliest is not None and p.earliest <= first and (p.latest is None or p.latest >= last)),
            None,
        )
        yield Event(
            artifact=artifact, date_text=text, date_earliest=first, date_latest=last, date_circa=first <= 0, place=self.place, period=period
        )

    def _maker(self, artifact: Artifact) -> Iterator[Maker]:
        if self.agent is not None:
            yield Maker(artifact=artifact, agent=self.agent, qualifier=self.chance.choice(("", "", "", "attributed", "workshop")))

    def _material(self, artifact: Artifact) -> Iterator[Material]:
        yield Material(artifact=artifact, term=self.material, sort_order=0)
        yield Material(artifact=artifact, term=self.technique, role="technique", sort_order=1)

    def _measurementrow(self, artifact: Artifact) -> Iterator[MeasurementRow]:
        for number, (kind, value) in enumerate(zip(("height", "width", "depth"), self.sizes, strict=False)):
            yield MeasurementRow(artifact=artifact, kind=kind, value=value, unit="cm", sort_order=number)

    def _subject(self, artifact: Artifact) -> Iterator[Subject]:
        yield Subject(artifact=artifact, term=self.motif)

    def _description(self, artifact: Artifact) -> Iterator[Description]:
        vi = f"{self.title_vi}. Hiện vật giả lập số {self.number}, làm ra để thử bảo tàng ở quy mô lớn, không phải hiện vật thật."
        en = f"{self.title_en}. Synthetic object {self.number}, made to try the museum at scale; it is not a real thing."
        yield Description(artifact=artifact, kind="label", text=_text(vi, en))

    def pictures(self, artifact: Artifact) -> Iterator[ArtifactMedia]:
        """A picture borrowed from the demo museum, for two records in five."""
        if self.asset is not None:
            yield ArtifactMedia(artifact=artifact, asset_id=self.asset, published=True, primary=True)
