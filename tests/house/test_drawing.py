"""Drawing the demo museum's pictures from inside the museum."""

import media.vips  # noqa: F401 - as in load_demo: it switches libvips' less trusted loaders off, for its child processes, too
from museum.demo import draw


def test_pictures_can_be_drawn_where_the_media_room_is_loaded(tmp_path):
    seen = []
    files = draw.draw(["sash"], tmp_path, processes=1, progress=lambda done, total, key: seen.append((done, total, key)))
    assert files["sash"].read_bytes().startswith(b"\xff\xd8")
    assert seen == [(1, 1, "sash")]
