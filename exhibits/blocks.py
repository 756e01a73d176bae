"""What exhibitions and text pages are composed of. Objects are shown as the public projection has them; hidden ones vanish."""

from __future__ import annotations

from typing import Any

from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.snippets.blocks import SnippetChooserBlock

TEXT_FEATURES = ["h2", "h3", "bold", "italic", "link", "ol", "ul", "blockquote"]
CAPTION_FEATURES = ["bold", "italic", "link"]


def _side() -> blocks.ChoiceBlock:
    return blocks.ChoiceBlock(
        label=_("Text stands"),
        choices=[("below", _("below the picture")), ("right", _("to its right")), ("left", _("to its left"))],
        default="right",
    )


def _region() -> blocks.CharBlock:
    return blocks.CharBlock(
        label=_("Detail"),
        required=False,
        max_length=80,
        validators=[
            RegexValidator(
                r"^\d{1,7},\d{1,7},[1-9]\d{0,6},[1-9]\d{0,6}$",
                _("Write the region as x,y,width,height in pixels, for example 1200,800,900,600."),
            )
        ],
        help_text=_("x,y,width,height in pixels of the picture; empty for the whole."),
    )


class ObjectsBlock(blocks.StructBlock):
    """A block that names objects; its template finds their cards in the page's context (``exhibits.sections``)."""

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        context = super().get_context(value, parent_context=parent_context)
        context["shown_objects"] = (parent_context or {}).get("shown_objects", {})
        return context


class ObjectBlock(ObjectsBlock):
    """One object with its label."""

    object = SnippetChooserBlock("artifacts.Artifact", label=_("Object"))
    region = _region()
    caption = blocks.RichTextBlock(label=_("Text"), required=False, features=CAPTION_FEATURES)
    side = _side()

    class Meta:
        label = _("Object")
        icon = "image"
        template = "exhibits/blocks/object.html"


class ObjectGroupBlock(ObjectsBlock):
    """Several objects hung in rows."""

    heading = blocks.CharBlock(label=_("Heading"), required=False, max_length=200)
    objects = blocks.ListBlock(SnippetChooserBlock("artifacts.Artifact"), label=_("Objects"), min_num=1)
    caption = blocks.RichTextBlock(label=_("Text"), required=False, features=CAPTION_FEATURES)

    class Meta:
        label = _("Objects in rows")
        icon = "grip"
        template = "exhibits/blocks/object_group.html"


class DetailBlock(ObjectsBlock):
    """One detail of a picture, large, with a thought."""

    object = SnippetChooserBlock("artifacts.Artifact", label=_("Object"))
    region = _region()
    text = blocks.RichTextBlock(label=_("Text"), required=False, features=CAPTION_FEATURES)

    class Meta:
        label = _("Detail of a picture")
        icon = "crosshairs"
        template = "exhibits/blocks/detail.html"


class PeerBlock(blocks.StructBlock):
    """An object of another museum, with its source and licence."""

    object = SnippetChooserBlock("exchange.PeerObject", label=_("Object of another museum"))
    caption = blocks.RichTextBlock(label=_("Text"), required=False, features=CAPTION_FEATURES)
    side = _side()

    class Meta:
        label = _("Object of another museum")
        icon = "globe"
        template = "exhibits/blocks/peer.html"


class QuotationBlock(blocks.StructBlock):
    """Somebody's words."""

    text = blocks.TextBlock(label=_("Quotation"))
    source = blocks.CharBlock(label=_("Whose"), required=False, max_length=200)
    language = blocks.CharBlock(
        label=_("Language"),
        required=False,
        max_length=20,
        help_text=_("Its code, when it is not the page’s: lzh (Literary Chinese), vi, fr …"),
    )

    class Meta:
        label = _("Quotation")
        icon = "openquote"
        template = "exhibits/blocks/quotation.html"


SECTIONS: list[tuple[str, blocks.Block]] = [
    ("text", blocks.RichTextBlock(label=_("Text"), icon="pilcrow", features=TEXT_FEATURES, template="exhibits/blocks/text.html")),
    ("object", ObjectBlock()),
    ("objects", ObjectGroupBlock()),
    ("detail", DetailBlock()),
    ("quotation", QuotationBlock()),
    ("peer", PeerBlock()),
]


def object_keys(raw: Any) -> list[int]:
    """Primary keys of the objects in stored sections, in their order, each once."""
    keys: dict[int, None] = {}
    for block in raw:
        value = block.get("value")
        if block.get("type") in {"object", "detail"}:
            found = [value.get("object")]
        elif block.get("type") == "objects":
            found = [item.get("value") if isinstance(item, dict) else item for item in value.get("objects", [])]
        else:
            continue
        keys.update(dict.fromkeys(int(key) for key in found if key))
    return list(keys)
