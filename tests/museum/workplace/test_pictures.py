"""Pictures of an object in the workplace: upload, order, labels, publishing, matching by number."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from artifacts import attaching, page_texts
from artifacts.models import ArtifactMedia, TextLayer
from media.models import Asset
from records.models import RecordError
from tests.factories import add_picture, make_asset, make_department, make_object
from tests.media import pages_of_text
from tests.museum.workplace.people import client_of, make_user
from vocabularies.roles import Role

pytestmark = [pytest.mark.django_db, pytest.mark.one_stack]


def jpeg(name: str = "view.jpg", colour: str = "#884422") -> SimpleUploadedFile:
    body = io.BytesIO()
    Image.new("RGB", (64, 48), colour).save(body, "JPEG")
    return SimpleUploadedFile(name, body.getvalue(), content_type="image/jpeg")


@pytest.fixture
def photographer() -> Any:
    return make_user(Role.PHOTOGRAPHER, make_department())


def edit(user: Any, use: ArtifactMedia, **values: Any) -> None:
    """The picture's form, as a browser would send it."""
    data: dict[str, Any] = {"publication_class": "public"}
    for name, value in values.items():
        data |= {f"{name}__{lang}": text for lang, text in value.items()} if isinstance(value, dict) else {name: value}
    client_of(user).post(reverse("workplace:picture", args=[use.artifact_id, use.public_id]), data)


def labels(artifact: Any) -> list[str]:
    return [use.label.get("en", {}).get("text", "") for use in artifact.media.order_by("sort_order")]


def test_one_file_is_taken_in_and_waits_for_publishing(photographer: Any):
    artifact = make_object()
    answer = client_of(photographer).post(reverse("workplace:upload", args=[artifact.pk]), {"file": jpeg()})
    assert answer.status_code == 200, answer.content
    use = artifact.media.get()
    assert answer.json()["id"] == use.public_id
    assert use.primary
    assert not use.published
    assert use.asset.tier == Asset.Tier.HIDDEN


def test_a_refused_file_says_why_and_the_others_are_kept(photographer: Any):
    artifact = make_object()
    files = [jpeg("a.jpg"), SimpleUploadedFile("b.exe", b"MZ not a picture at all"), jpeg("c.jpg", "#112233")]
    page = client_of(photographer).post(reverse("workplace:pictures", args=[artifact.pk]), {"act": "upload", "files": files}, follow=True)
    assert [use.asset.original_filename for use in artifact.media.order_by("sort_order")] == ["a.jpg", "c.jpg"]
    assert "b.exe" in page.content.decode()
    assert "2 files were taken in." in page.content.decode()
    one = client_of(photographer).post(reverse("workplace:upload", args=[artifact.pk]), {"file": SimpleUploadedFile("b.exe", b"MZ no")})
    assert one.status_code == 422
    assert one.json()["message"]


def test_what_is_chosen_for_the_ticked_ones_stands_behind_its_words(photographer: Any):
    artifact = make_object()
    add_picture(artifact)
    page = client_of(photographer).get(reverse("workplace:pictures", args=[artifact.pk])).content.decode()
    assert '<label for="publication_class">Show the ticked ones to</label>' in page


def test_a_photographer_does_not_publish_and_a_curator_does(photographer: Any):
    artifact = make_object()
    use = add_picture(artifact, published=False)
    address = reverse("workplace:pictures", args=[artifact.pk])
    client_of(photographer).post(address, {"act": "publish"})
    use.refresh_from_db()
    assert not use.published
    curator = make_user(Role.CURATOR, artifact.department)
    client_of(curator).post(address, {"act": "publish"})
    use.refresh_from_db()
    use.asset.refresh_from_db()
    assert use.published
    assert use.asset.tier == Asset.Tier.PUBLIC


def test_the_place_of_a_picture_is_changed_by_its_number(photographer: Any):
    artifact = make_object()
    uses = [add_picture(artifact) for _ in range(4)]
    data: dict[str, Any] = {"act": "order"}
    for place, use in enumerate(uses, 1):
        data |= {f"place-{use.public_id}": place, f"was-{use.public_id}": place}
    data[f"place-{uses[3].public_id}"] = 1
    client_of(photographer).post(reverse("workplace:pictures", args=[artifact.pk]), data)
    assert list(artifact.media.order_by("sort_order").values_list("pk", flat=True)) == [uses[3].pk, uses[0].pk, uses[1].pk, uses[2].pk]


def test_a_place_that_is_no_number_is_refused_with_a_sentence(photographer: Any):
    artifact = make_object()
    use = add_picture(artifact)
    data = {"act": "order", f"place-{use.public_id}": "first", f"was-{use.public_id}": "1"}
    page = client_of(photographer).post(reverse("workplace:pictures", args=[artifact.pk]), data, follow=True)
    assert "“first” is not a place in the order" in page.content.decode()


def test_an_object_has_one_main_picture_and_another_when_that_is_taken_off(photographer: Any):
    artifact = make_object()
    first, second = add_picture(artifact, primary=True), add_picture(artifact)
    address = reverse("workplace:pictures", args=[artifact.pk])
    client_of(photographer).post(address, {"act": "primary", "use": second.public_id})
    assert list(artifact.media.filter(primary=True)) == [second]
    client_of(photographer).post(address, {"act": "remove", "use": second.public_id})
    assert list(artifact.media.filter(primary=True)) == [first]
    assert Asset.objects.filter(pk=second.asset_id).exists()


def test_leaves_are_labelled_in_one_go(photographer: Any):
    artifact = make_object()
    for _ in range(4):
        add_picture(artifact)
    form = {"act": "label", "first": 1, "last": 3, "prefix": "f. ", "start": 12, "style": "folio", "language": "en"}
    client_of(photographer).post(reverse("workplace:pictures", args=[artifact.pk]), form)
    assert labels(artifact) == ["f. 12r", "f. 12v", "f. 13r", ""]


def test_pages_are_counted_in_roman_arabic_or_as_leaves():
    from itertools import islice

    assert list(islice(attaching.page_labels("p. ", 8, "roman"), 3)) == ["p. viii", "p. ix", "p. x"]
    assert list(islice(attaching.page_labels("", 99, "arabic"), 2)) == ["99", "100"]
    assert list(islice(attaching.page_labels("f. ", 1, "folio", verso_first=True), 3)) == ["f. 1v", "f. 2r", "f. 2v"]
    with pytest.raises(RecordError, match="3999"):
        attaching.roman(4000)


def test_a_book_of_hundreds_of_pages_is_shown_fifty_a_page(photographer: Any):
    artifact = make_object()
    asset = make_asset()
    ArtifactMedia.objects.bulk_create(ArtifactMedia(artifact=artifact, asset=asset, sort_order=n) for n in range(120))
    client = client_of(photographer)
    address = reverse("workplace:pictures", args=[artifact.pk])
    assert client.get(address).content.decode().count('class="picture"') == 50
    last = client.get(address, {"p": "3"}).content.decode()
    assert last.count('class="picture"') == 20
    assert 'value="101"' in last


def test_a_picture_gets_its_texts_and_a_region_that_lies_within_it(photographer: Any):
    use = add_picture(make_object())
    address = reverse("workplace:picture", args=[use.artifact_id, use.public_id])
    data = {"label__en": "front", "alt_text__en": "A bronze drum", "publication_class": "public", "region": "10,10,9000,10"}
    assert "reaches beyond" in client_of(photographer).post(address, data).content.decode()
    assert client_of(photographer).post(address, {**data, "region": "10,10,90,10"}).status_code == 302
    use.refresh_from_db()
    assert use.label["en"]["text"] == "front"
    assert use.region == "10,10,90,10"
    assert use.asset.alt_text["en"]["text"] == "A bronze drum"


def test_a_picture_for_staff_only_is_no_longer_public(photographer: Any):
    use = add_picture(make_object())
    assert Asset.objects.get(pk=use.asset_id).tier == Asset.Tier.PUBLIC
    client_of(photographer).post(
        reverse("workplace:pictures", args=[use.artifact_id]), {"act": "class", "use": use.public_id, "publication_class": "staff"}
    )
    assert Asset.objects.get(pk=use.asset_id).tier == Asset.Tier.HIDDEN


def test_file_names_find_their_objects_by_number_before_anything_is_written(photographer: Any):
    drum, part = make_object("HUE 2026.001"), make_object("HUE 2026.001.2")
    other = make_object("HUE 9", department=make_department())
    names = ["hue-2026-001_verso.jpg", "HUE 2026.001.2.tif", "HUE 9.jpg", "holiday.jpg"]
    answer = client_of(photographer).post(reverse("workplace:match_names"), json.dumps({"names": names}), content_type="application/json")
    found = {match["name"]: match for match in answer.json()["matches"]}
    assert found[names[0]]["object"] == drum.pk
    assert found[names[0]]["suffix"] == "verso"
    assert found[names[1]]["object"] == part.pk
    assert found[names[2]]["object"] is None, "an object of another department is not told of"
    assert found[names[3]]["problem"]
    assert not ArtifactMedia.objects.exists()
    assert other.pk


def test_without_a_script_the_two_steps_are_two_buttons(photographer: Any):
    artifact = make_object("HUE 2026.001")
    address = reverse("workplace:by_number")
    looked = client_of(photographer).post(address, {"act": "check", "files": [jpeg("HUE 2026.001.jpg")]})
    assert "would be attached" in looked.content.decode()
    assert not artifact.media.exists()
    client_of(photographer).post(address, {"act": "attach", "files": [jpeg("HUE 2026.001.jpg"), jpeg("x.jpg")]})
    assert artifact.media.get().asset.original_filename == "HUE 2026.001.jpg"


def test_pictures_of_an_object_that_somebody_else_has_locked_are_left_alone(photographer: Any):
    artifact = make_object()
    artifact.locked, artifact.locked_by = True, make_user(Role.CURATOR, artifact.department)
    artifact.save()
    client_of(photographer).post(reverse("workplace:upload", args=[artifact.pk]), {"file": jpeg()})
    assert not artifact.media.exists()


def alto(name: str, content: bytes | None = None) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content or pages_of_text.alto(), content_type="text/xml")


def test_texts_of_pages_are_sent_together_with_their_pictures(photographer: Any):
    artifact = make_object()
    files = [alto("b_alto.xml"), jpeg("a.jpg"), alto("c.xml"), jpeg("b.jpg", "#112233")]
    page = client_of(photographer).post(reverse("workplace:pictures", args=[artifact.pk]), {"act": "upload", "files": files}, follow=True)
    told = page.content.decode()
    assert artifact.media.count() == 2
    assert TextLayer.objects.get().use.asset.original_filename == "b.jpg"
    assert "ALTO: 2 lines, 5 words." in told
    assert "c.xml: No picture of the object is called “c”" in told


def test_upload_by_number_sends_texts_to_their_pages(photographer: Any):
    artifact = make_object("HUE 2026.001")
    address = reverse("workplace:by_number")
    files = [alto("HUE 2026.001_2_alto.xml"), jpeg("HUE 2026.001_2.jpg")]
    looked = client_of(photographer).post(address, {"act": "check", "files": files}).content.decode()
    assert looked.count("would be attached") == 2 and not artifact.media.exists()
    client_of(photographer).post(address, {"act": "attach", "files": [alto("HUE 2026.001_2_alto.xml"), jpeg("HUE 2026.001_2.jpg")]})
    assert artifact.media.get().text_layer.words == 5


def test_a_pages_own_page_takes_its_text_says_who_reads_it_and_gives_the_file_back(photographer: Any):
    artifact = make_object()
    use = add_picture(artifact)
    address, client = reverse("workplace:page_text", args=[artifact.pk, use.public_id]), client_of(photographer)
    told = client.post(address, {"act": "take", "file": alto("x.xml"), "publication_class": "staff", "language": "lzh"}, follow=True)
    layer = TextLayer.objects.get()
    assert (layer.use, layer.publication_class, layer.language) == (use, "staff", "lzh")
    assert "For staff only." in told.content.decode()
    assert b"".join(client.get(address).streaming_content) == pages_of_text.alto()
    client.post(address, {"act": "take", "publication_class": "public", "language": ""})
    layer.refresh_from_db()
    assert layer.publication_class == "public"
    broken = client.post(
        address, {"act": "take", "file": alto("x.xml", b"<?xml version='1.0'?><alto>"), "publication_class": "public"}, follow=True
    )
    assert "malformed" in broken.content.decode()
    client.post(address, {"act": "remove"})
    assert not TextLayer.objects.exists()


def test_a_text_that_replaces_another_speaks_its_own_language_unless_somebody_wrote_one(photographer: Any):
    artifact = make_object()
    use = add_picture(artifact)
    address, client = reverse("workplace:page_text", args=[artifact.pk, use.public_id]), client_of(photographer)

    def sent(language: str, file: str | None = None) -> str:
        values: dict[str, Any] = {"act": "take", "publication_class": "public", "language": language}
        if file is not None:
            values["file"] = alto("x.xml", pages_of_text.alto().replace(b'LANG="vie"', f'LANG="{file}"'.encode()))
        client.post(address, values)
        return TextLayer.objects.get().language

    assert sent("", "vi") == "vi"
    assert sent("vi", "de") == "de"  # the field stood as it was
    assert sent("de", "") == "de"  # the new file says nothing
    assert sent("lzh") == "lzh"
    assert sent("lzh", "vi") == "lzh"  # somebody knew better than the file
    assert sent("") == "vi"  # and takes it back
    assert sent("lzh") == "lzh"
    assert sent("", "de") == "de"


def test_a_stranger_to_the_department_has_no_text(photographer: Any):
    use = add_picture(make_object())
    page_texts.take(use, io.BytesIO(pages_of_text.alto()), "x.xml")
    address = reverse("workplace:page_text", args=[use.artifact_id, use.public_id])
    stranger = client_of(make_user(Role.PHOTOGRAPHER, make_department()))
    assert stranger.get(address, follow=True).status_code == 404
    assert stranger.post(address, {"act": "remove"}, follow=True).status_code == 404
    assert TextLayer.objects.exists()


def test_a_page_begins_a_chapter_and_captions_belong_to_a_recording(photographer: Any):
    artifact = make_object()
    page = add_picture(artifact)
    edit(photographer, page, chapter={"vi": "Quyển một"}, chapter_level=2, leaf="spread")
    page.refresh_from_db()
    assert (page.chapter["vi"]["text"], page.chapter_level, page.leaf) == ("Quyển một", 2, "spread")
    film = add_picture(artifact, asset=make_asset(kind="video", width=640, height=360))
    captions = add_picture(artifact, asset=make_asset(kind="document"))
    edit(photographer, captions, accompanies=film.pk, role="captions", language="vi")
    captions.refresh_from_db()
    assert (captions.accompanies, captions.role, captions.language) == (film, "captions", "vi")
    edit(photographer, captions, accompanies=film.pk, role="")
    captions.refresh_from_db()
    assert captions.role == "captions", "half of it is refused"


def test_a_file_cannot_accompany_one_of_another_object(photographer: Any):
    captions = add_picture(make_object(), asset=make_asset(kind="document"))
    add_picture(captions.artifact, asset=make_asset(kind="video"))
    foreign = add_picture(make_object(), asset=make_asset(kind="video"))
    edit(photographer, captions, accompanies=foreign.pk, role="captions")
    captions.refresh_from_db()
    assert captions.accompanies is None
