"""What is drawn without a template is what Wagtail's own template draws."""

import pytest
from django.test.html import parse_html
from django.utils.translation import override
from wagtail.snippets.widgets import AdminSnippetChooser

from museum.workplace.compact import KnowingChooser
from vocabularies.models import Agent

FILLED = {"id": 7, "edit_url": "/admin/agents/7/?a=1&b=2", "string": 'Nguyễn <b>"An"</b> & chooser-mark-id'}
UNEDITABLE = {"id": 7, "edit_url": "", "string": "Nguyễn"}


class Knowing(KnowingChooser):
    model = Agent
    icon = "user"


@pytest.mark.parametrize("language", ["en", "vi"])
@pytest.mark.parametrize("required", [True, False])
@pytest.mark.parametrize("data", [None, FILLED, UNEDITABLE], ids=["empty", "filled", "uneditable"])
def test_a_chooser_from_its_kept_frame_is_wagtails_chooser(data, required, language):
    with override(language):
        mine, theirs = Knowing(attrs={"data-x": "1"}), AdminSnippetChooser(model=Agent, icon="user", attrs={"data-x": "1"})
        mine.is_required = theirs.is_required = required
        for number in (1, 2):  # the second comes from the kept frame
            attrs = {"id": f"id_makers-{number}-agent", "aria-describedby": "help"}
            drawn = mine.render_html(f"makers-{number}-agent", data, attrs)
            assert parse_html(drawn) == parse_html(theirs.render_html(f"makers-{number}-agent", data, attrs))
