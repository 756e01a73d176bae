"""The fields that curators may name: short names with what they gather, and every field of the record by its own name.

Names are English with Vietnamese ones beside them; case, accents, ``_`` and ``-`` do not matter (``số_kiểm_kê``, ``so-kiem-ke``).
"""

from __future__ import annotations

from collections.abc import Iterator

from django.apps import apps
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override, pgettext_lazy

from artifacts.models import Description, Event, MeasurementRow
from records.projection import kind as record_kind
from search.builders.object_columns import EXTENTS, MODEL, SPLIT, Column, columns_of_model
from search.builders.object_work import STATES
from search.language.fields import Field, Kind, spelled

# relation → (name in queries, in Vietnamese)
RELATIONS: dict[str, tuple[str, str, str | Promise]] = {
    "identifiers": ("other_number", "số khác", _("Other numbers")),
    "titles": ("title", "nhan đề", _("Titles")),
    "object_names": ("object_name", "tên hiện vật", _("Object names")),
    "events": ("event", "sự kiện", _("Events")),
    "makers": ("maker", "tác giả", _("Makers")),
    "materials": ("material", "chất liệu", _("Materials and techniques")),
    "measurements": ("measurement", "kích thước", _("Measurements")),
    "descriptions": ("description", "mô tả", _("Descriptions")),
    "inscriptions": ("inscription", "minh văn", _("Inscriptions")),
    "subjects": ("subject", "chủ đề", _("Subjects")),
    "relations": ("relation", "liên quan", _("Related objects")),
    "sets": ("collection", "sưu tập", _("Collections")),
    "provenance": ("provenance", "lai lịch", _("Provenance")),
    "rights": ("right", "quyền", _("Rights")),
    "care_notices": ("care", "lưu ý", _("Care notices")),
    "references": ("reference", "tài liệu", _("References")),
    "media": ("picture", "hình", _("Pictures")),
}


def object_fields() -> Iterator[Field]:
    """All fields of objects: the short ones first."""
    own = list(_short())
    yield from own
    taken = {one.name for one in own}
    for one in _every():
        if one.name not in taken:
            yield one


def _kinds(relation: str) -> list[str]:
    """The codes of the kinds that a relation's rows are of."""
    source = apps.get_model(_child_models()[relation])._meta.get_field(SPLIT[relation])
    return [code for code, _label in source.flatchoices if code]


def _child_models() -> dict[str, str]:
    from artifacts.loading import SOURCE

    record_kind("object")  # the room below has registered its kind
    return SOURCE.child_models


def columns(relation: str, *names: str, only: str = "") -> tuple[str, ...]:
    """The columns of some fields of a relation, of rows of every kind or of ``only`` one."""
    if relation not in SPLIT:
        return tuple(f"{relation}.{name}" for name in names)
    return tuple(f"{relation}:{kind}.{name}" for kind in _kinds(relation) if only in {"", kind} for name in names)


def _all_texts(relation: str) -> tuple[str, ...]:
    """Columns of every field of a relation that all staff may read, and that holds words."""
    table = columns_of_model(_child_models()[relation])
    names = [name for name, one in table.items() if not one.restricted_to and one.kind in {Kind.TEXT, Kind.REFERENCE}]
    return columns(relation, *(name for name in names if name not in {"source_note", "asserted_by"}))


def _short() -> Iterator[Field]:
    """Names that gather what people mean by them."""

    def field(name: str, kind: Kind, label: str | Promise, found: tuple[str, ...], *aliases: str, **more: object) -> Field:
        return Field(name, kind, label, found, aliases, main=True, **more)  # type: ignore[arg-type]

    text, ref, code = Kind.TEXT, Kind.REFERENCE, Kind.CODE
    yield field(
        "number", Kind.IDENTIFIER, _("Any number"), ("accession_number", "identifiers.value"), "accession", "số", "số hiệu", "số kiểm kê"
    )
    yield field("title", text, _("Title"), ("titles.text",), "nhan đề", "tên", "tựa")
    makers = (*columns("makers", "agent", "name_as_written"), "makers_display")
    yield field("maker", ref, _("Maker"), makers, "artist", "creator", "tác giả", "người làm")
    yield field(
        "date",
        Kind.YEARS,
        pgettext_lazy("of an object", "Date"),
        ("date",),
        "year",
        "made",
        "niên đại",
        "năm",
        "ngày tháng",
        own_years=True,
    )
    yield field("material", ref, _("Material"), (*columns("materials", "term", only="material"), "materials_display"), "chất liệu")
    yield field("technique", ref, _("Technique"), columns("materials", "term", only="technique"), "kỹ thuật", "kĩ thuật")
    yield field("name", ref, _("Object name"), columns("object_names", "term", only="name"), "object_name", "tên hiện vật", "loại hình")
    yield field("class", ref, _("Classification"), columns("object_names", "term", only="classification"), "classification", "phân loại")
    yield field("type", ref, _("Object type"), ("object_type",), "loại", "loại hiện vật")
    yield field("place", ref, _("Place"), columns("events", "place"), "nơi", "địa điểm", "xuất xứ")
    yield field("culture", ref, _("Culture"), columns("events", "culture"), "văn hóa", "văn hoá")
    yield field("period", ref, _("Period"), columns("events", "period"), "dynasty", "thời kỳ", "triều đại", "thời kì")
    yield field("subject", ref, _("Subject"), columns("subjects", "term", "agent", "place", "iconclass"), "chủ đề", "đề tài")
    yield field("description", text, _("Descriptions"), columns("descriptions", "text"), "mô tả")
    yield field("inscription", text, _("Inscriptions"), _all_texts("inscriptions"), "minh văn", "chữ khắc")
    yield field("provenance", text, _("Provenance"), _all_texts("provenance"), "lai lịch", "nguồn gốc")
    yield field("provenance_date", Kind.YEARS, _("Years of the provenance"), ("provenance.years",), "năm lai lịch")
    yield field("rights", text, _("Rights"), _all_texts("rights"), "right", "quyền", "bản quyền")
    price, limits = (
        columns_of_model(_child_models()[name])[one] for name, one in (("provenance", "price_amount"), ("rights", "restrictions"))
    )
    yield field("price", Kind.NUMBER, _("Price"), ("provenance.price_amount",), "giá", restricted_to=price.restricted_to)
    yield field("restrictions", text, _("Restrictions"), ("rights.restrictions",), "hạn chế", restricted_to=limits.restricted_to)
    yield field("collection", ref, _("Collection"), ("sets.set",), "set", "sưu tập", "bộ sưu tập")
    yield field("reference", ref, _("References"), columns("references", "reference", "pages"), "literature", "tài liệu", "thư mục")
    yield field("exhibition", ref, _("Exhibition"), ("exhibition",), "triển lãm", "trưng bày")
    yield field("department", ref, _("Department"), ("department",), "phòng ban", "phòng", "bộ phận")
    yield field("state", code, _("State"), ("state",), "is", "tình trạng", "trạng thái bản ghi", choices=STATES)
    yield field("pictures", Kind.NUMBER, _("Number of pictures"), ("pictures",), "images", "số hình", "hình ảnh")
    yield field("picture_text", text, _("Texts of pictures"), columns("media", "label", "caption", "asset"), "chú thích hình")
    yield field("language", text, _("Languages of titles and descriptions"), ("languages",), "ngôn ngữ")
    yield field("stale", text, _("Languages with a translation out of date"), ("stale",), "bản dịch cũ")
    yield field("changed", Kind.DAY, _("Changed on"), ("changed",), "updated", "modified", "sửa", "ngày sửa", "cập nhật")
    yield field("created", Kind.DAY, _("Entered on"), ("created",), "entered", "tạo", "ngày tạo", "ngày nhập")
    yield field("published", Kind.DAY, _("First public on"), ("first_published_on",), "công bố", "xuất bản")
    yield field("changed_by", Kind.PERSON, _("Changed by"), ("changed_by",), "editor", "người sửa")
    yield field("created_by", Kind.PERSON, _("Entered by"), ("created_by",), "người tạo", "người nhập")
    yield field("locked_by", Kind.PERSON, _("Locked by"), ("locked_by",), "người khóa", "người khoá")
    yield field("reviewer", Kind.PERSON, _("Waits for the decision of"), ("reviewer",), "review", "người duyệt", "chờ duyệt")
    yield field("recorder", Kind.PERSON, _("Recorded by"), ("recorder",), "người ghi", "người lập phiếu")
    for kind, label in MeasurementRow.Kind.choices:
        if kind in EXTENTS:
            yield field(kind, Kind.EXTENT, label, (f"extent.{kind}",), *_VIETNAMESE.get(kind, ()), unit=EXTENTS[kind])
    for kind, label in Event.Kind.choices:
        found = columns("events", "years", only=kind)
        yield field(f"{kind}_date", Kind.YEARS, format_lazy("{}: {}", label, _("years")), found, *_VIETNAMESE.get(f"{kind}_date", ()))
    for kind, label in Description.Kind.choices:
        yield field(f"{kind}_text", text, label, columns("descriptions", "text", only=kind), *_VIETNAMESE.get(f"{kind}_text", ()))


_VIETNAMESE = {
    "height": ("cao", "chiều cao"), "width": ("rộng", "chiều rộng"), "depth": ("sâu", "chiều sâu"), "length": ("dài", "chiều dài"),
    "diameter": ("đường kính",), "thickness": ("dày", "độ dày"), "circumference": ("chu vi",), "weight": ("nặng", "trọng lượng"),
    "volume": ("dung tích", "thể tích"), "duration": ("thời lượng",),
    "production_date": ("năm làm",), "collecting_date": ("năm sưu tầm",), "excavation_date": ("năm khai quật",), "use_date": ("năm dùng",),
    "depiction_date": ("năm mô tả",), "publication_date": ("năm in",), "modification_date": ("năm sửa đổi",),
    "label_text": ("nhãn",), "summary_text": ("tóm tắt",), "physical_text": ("mô tả vật lý",), "content_text": ("nội dung",),
    "significance_text": ("ý nghĩa",), "history_text": ("lịch sử",), "comment_text": ("ghi chú khác",),
}  # fmt: skip


def _every() -> Iterator[Field]:
    """Every field of the record and of its rows, by its own name."""
    for name, one in columns_of_model(MODEL).items():
        yield _plain(name, one, (name,), one.source.verbose_name, (_in_vietnamese(one),))
    for relation, model in _child_models().items():
        head, vietnamese, label = RELATIONS.get(relation, (relation, relation, relation))
        for name, one in columns_of_model(model).items():
            if name == SPLIT.get(relation):
                continue
            aliases = (f"{relation}.{name}", f"{vietnamese}.{_in_vietnamese(one)}")
            yield _plain(f"{head}.{name}", one, columns(relation, name), format_lazy("{}: {}", label, one.source.verbose_name), aliases)


def _in_vietnamese(one: Column) -> str:
    with override("vi"):
        return spelled(str(one.source.verbose_name))


def _plain(name: str, one: Column, found: tuple[str, ...], label: str | Promise, aliases: tuple[str, ...]) -> Field:
    choices = {str(code): text for code, text in one.source.flatchoices if code} if one.kind is Kind.CODE else None
    return Field(name, one.kind, label, found, aliases, restricted_to=one.restricted_to, choices=choices)
