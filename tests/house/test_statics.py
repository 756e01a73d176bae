"""Static files as production serves them: no page mixes the modules of two versions."""

from __future__ import annotations

import re
from pathlib import Path

from django.contrib.staticfiles import finders
from django.core.files.storage import FileSystemStorage

from museum.statics import HashedModules


def test_imports_between_our_modules_lead_to_hashed_names(tmp_path: Path) -> None:
    storage = HashedModules(location=tmp_path, base_url="/static/")
    source = Path(finders.find("exhibits/js/viewer.js")).parent
    paths = {}
    for file in [source / "viewer.js", *sorted((source / "viewer").glob("*.js"))]:
        name = f"exhibits/js/{file.relative_to(source)}"
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(file.read_bytes())
        paths[name] = (FileSystemStorage(location=tmp_path), name)
    faults = [fault for _name, _hashed, fault in storage.post_process(paths) if isinstance(fault, Exception)]
    assert not faults
    served = (tmp_path / storage.stored_name("exhibits/js/viewer.js")).read_text()
    imports = re.findall(r'from "([^"]+)"', served)
    assert len(imports) >= 6
    assert all(re.search(r"\.[0-9a-f]{12}\.js$", one) for one in imports)
    assert all((tmp_path / "exhibits" / "js" / one).is_file() for one in imports)
