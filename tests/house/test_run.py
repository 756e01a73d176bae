"""``make run``: its refusals are one sentence each, and it opens and closes the museum in order."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent


def environment(folder: Path, **values: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name in {"PATH", "HOME", "LANG"}}
    return {**kept, "MUSEUM_VAR": str(folder), **values}


def run(folder: Path, *arguments: str, **values: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "bin/run", *arguments]
    return subprocess.run(command, cwd=ROOT, env=environment(folder, **values), capture_output=True, text=True, timeout=120)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def test_a_port_in_use_is_one_sentence_before_anything_else_is_done(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = run(tmp_path, PORT=str(port))
    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr.strip() == f"Port {port} is in use: stop what listens there, or choose another with PORT={port + 1} make run."


@pytest.mark.parametrize("port", ["http", "0", "70000"])
def test_a_wrong_port_is_one_sentence(port, tmp_path):
    done = run(tmp_path, PORT=port)
    assert done.returncode == 1
    assert done.stderr.strip() == f"PORT is '{port}': it must be a whole number from 1 to 65535."


def test_a_folder_that_cannot_be_written_is_one_sentence(tmp_path):
    done = run(Path("/proc/museum"), "--prepare")
    assert done.returncode == 1
    assert re.fullmatch(
        r"The folder /proc/museum cannot be written \(.*\): make it writable, or choose another place\.", done.stderr.strip()
    )


def test_a_missing_venv_module_names_the_package(tmp_path):
    script = "import sys; sys.modules['ensurepip'] = None; sys.path.insert(0, 'bin'); import preparation; preparation.check_python()"
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True)
    assert f"apt-get install python3.{sys.version_info.minor}-venv" in done.stderr.splitlines()[-1]


def test_what_bin_starts_is_compiled_once_also_where_nothing_compiled_is_kept():
    script = (
        "import subprocess, sys; sys.path.insert(0, 'bin'); import preparation; preparation.run([sys.executable, '-c', sys.argv[1]], 'It')"
    )
    asked = "import sys; sys.exit(sys.dont_write_bytecode)"
    command = [sys.executable, "-c", script, asked]
    done = subprocess.run(command, cwd=ROOT, env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def _preparation():
    loader = SourceFileLoader("preparation_alone", str(ROOT / "bin" / "preparation.py"))
    preparation = module_from_spec(spec_from_loader(loader.name, loader))
    loader.exec_module(preparation)
    return preparation


@pytest.mark.parametrize(
    ("told", "uv_fails", "expected"),
    [
        ("global.cert='/etc/ssl/ca.pem'\n", False, ["uv"]),
        ("global.cert='/etc/ssl/ca.pem'\n", True, ["uv", "pip"]),
        ("global.index-url='https://packages.example.org/simple'\n", False, ["pip"]),
        (":env:.proxy='http://proxy.example.org:3128'\n", False, ["pip"]),
    ],
)
def test_libraries_come_by_uv_unless_it_fails_or_pip_is_told_of_another_way(told, uv_fails, expected, monkeypatch, tmp_path):
    preparation = _preparation()
    asked = []

    def run(command, what, **more):
        if command[1:3] == ["-m", "pip"]:
            return told
        asked.append("uv")
        assert {"--require-hashes", "--no-deps"} <= set(command)
        assert more["env"]["SSL_CERT_FILE"]
        if uv_fails:
            raise preparation.Refusal("no network")
        return ""

    monkeypatch.setattr(preparation, "run", run)
    monkeypatch.setattr(preparation, "tool", lambda name, folder, python: tmp_path / name)
    monkeypatch.setattr(preparation, "pip_install", lambda python, arguments: asked.append("pip"))
    preparation.install_lock(tmp_path / "requirements.txt")
    assert asked == expected


def test_a_library_that_was_taken_out_is_put_back(tmp_path, monkeypatch):
    preparation = _preparation()
    library = tmp_path / "lib" / "python3.11" / "site-packages" / "pillow-12.0.0.dist-info"
    installs = []

    def install(lock):
        installs.append(lock)
        library.mkdir(parents=True)

    monkeypatch.setattr(preparation, "VENV", tmp_path)
    monkeypatch.setattr(preparation, "PYTHON", Path(sys.executable))
    monkeypatch.setattr(preparation, "install_lock", install)
    monkeypatch.setattr(preparation, "check_python", lambda: None)
    for _ in range(2):
        preparation.python_libraries("requirements.txt")
    assert len(installs) == 1
    library.rmdir()
    for _ in range(2):
        preparation.python_libraries("requirements.txt")
    assert len(installs) == 2


def test_a_wrong_number_of_web_workers_is_refused_before_anything_else_is_done(tmp_path):
    done = run(tmp_path, PORT=str(free_port()), WEB_WORKERS="many")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.strip() == "WEB_WORKERS is 'many': it must be a whole number from 1 to 64."


def test_a_library_that_cannot_be_imported_is_one_sentence():
    script = "import sys; sys.modules['PIL'] = None; sys.argv = ['manage.py', 'check']; import manage; manage.main()"
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 1
    assert "The library PIL cannot be imported" in done.stderr
    assert "Traceback" not in done.stderr


def test_another_python_is_refused_by_its_number():
    script = "import sys; sys.version_info = (3, 9, 2); sys.path.insert(0, 'bin'); import preparation; preparation.check_python()"
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True)
    assert "This is Python 3.9: the museum needs Python 3.11 to 3.13" in done.stderr.splitlines()[-1]


def test_a_wrong_setting_stops_the_start_with_its_sentence(tmp_path):
    done = run(tmp_path, "--prepare", SEARCH_URL="solr://localhost")
    assert done.returncode == 1
    assert "SEARCH_URL starts with 'solr'" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_museum_opens_and_a_signal_closes_all_of_it(tmp_path, migrated_database):
    shutil.copy(migrated_database, tmp_path / "museum.sqlite3")  # migrations are tried where this one was made
    port = free_port()
    command = [sys.executable, "bin/run", "--no-demo"]
    values = environment(tmp_path, PORT=str(port), WEB_WORKERS="1")
    museum = subprocess.Popen(command, cwd=ROOT, env=values, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    try:
        until = time.monotonic() + 300
        _wait_for(f"http://127.0.0.1:{port}/readyz", until, museum)
        assert museum.poll() is None, museum.communicate()[0]
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/admin/login/", timeout=20) as answer:
            assert answer.status == 200
        # web server and its worker, museum worker and its task process: the latter two begin when the first page is there
        while len(children := _descendants(museum.pid)) < 4 and time.monotonic() < until:
            time.sleep(0.3)
        assert len(children) >= 4
        _web_processes_share_what_they_loaded(children)
        _a_web_process_that_dies_is_followed_by_another(children, port, museum)
        children = _descendants(museum.pid)
        museum.send_signal(signal.SIGINT)
        output, _ = museum.communicate(timeout=90)
    finally:
        if museum.poll() is None:
            museum.kill()
    assert museum.returncode == 0, output
    assert f"http://localhost:{port}/" in output
    assert "nothing was left half done" in output
    assert [pid for pid in children if Path(f"/proc/{pid}").exists()] == []
    _a_later_start_that_finds_its_database_spoilt_says_so(tmp_path)


def _web_processes_share_what_they_loaded(children: list[int]) -> None:
    """The museum is loaded once, before the web server forks (``museum.serving``)."""
    web = next(pid for pid in children if b"museum.serving" in Path(f"/proc/{pid}/cmdline").read_bytes())
    for worker in _descendants(web):
        held = dict(re.findall(r"^(\w+): +(\d+) kB", Path(f"/proc/{worker}/smaps_rollup").read_text(), re.MULTILINE))
        assert int(held["Private_Dirty"]) < int(held["Rss"]) / 2, held


def _a_web_process_that_dies_is_followed_by_another(children: list[int], port: int, museum: subprocess.Popen) -> None:
    web = next(pid for pid in children if b"museum.serving" in Path(f"/proc/{pid}/cmdline").read_bytes())
    (worker,) = _descendants(web)
    os.kill(worker, signal.SIGKILL)
    _wait_for(f"http://127.0.0.1:{port}/livez", time.monotonic() + 60, museum)
    assert [pid for pid in _descendants(web) if pid != worker]


def _wait_for(address: str, until: float, museum: subprocess.Popen) -> None:
    """Until it answers with 200, or the museum has ended."""
    while museum.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=5) as answer:
                assert answer.status == 200
                return
        except OSError:
            assert time.monotonic() < until, f"{address} does not answer"
            time.sleep(0.3)


def _a_later_start_that_finds_its_database_spoilt_says_so(var: Path) -> None:
    """The set-up looks beside the web server's start: what it finds ends both."""
    with (var / "museum.sqlite3").open("r+b") as database:
        database.write(b"no database" * 100)
    done = run(var, "--no-demo", PORT=str(free_port()), WEB_WORKERS="1")
    assert done.returncode == 1
    assert "database" in done.stderr.lower()
    assert "Traceback" not in done.stderr, done.stderr
    assert "The museum is open" not in done.stdout


def _descendants(pid: int) -> list[int]:
    found = []
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in task.read_text().split():
            found += [int(child), *_descendants(int(child))]
    return found


def test_a_bundle_that_left_open_how_it_runs_is_decided_for_production(tmp_path):
    sys.path.append(str(ROOT / "bin"))
    loader = SourceFileLoader("vendor", str(ROOT / "bin" / "vendor"))
    vendor = module_from_spec(spec_from_loader("vendor", loader))
    loader.exec_module(vendor)
    file = tmp_path / "bundle.js"
    file.write_text('var $K={},e={};e.NODE_ENV==="production"?a():b();$K.NODE_ENV!=="production"&&c(process.env.NODE_ENV)')
    vendor.for_production(file)
    assert file.read_text() == 'var $K={},e={};"production"==="production"?a():b();"production"!=="production"&&c("production")'
    with pytest.raises(vendor.Refusal, match="another way"):
        vendor.for_production(file)


def test_the_browsers_libraries_are_where_the_pages_look_for_them():
    if not (ROOT / "static" / "vendor").exists():
        shutil.which("node") or pytest.skip("nothing was vendored here")
        subprocess.run([sys.executable, "bin/vendor"], cwd=ROOT, check=True)
    vendor = ROOT / "static" / "vendor"
    assert (vendor / "openseadragon" / "openseadragon.min.js").stat().st_size > 100_000
    css = (vendor / "fonts" / "fonts.css").read_text()
    for family in ("Be Vietnam Pro", "Source Serif 4"):
        assert f"font-family: '{family}'" in css
    for address in re.findall(r"url\('([^']+)'\)", css):
        assert (vendor / "fonts" / address).read_bytes().startswith(b"wOF2")
    printed = vendor / "fonts" / "printed"
    for folder in [vendor / "openseadragon", *(set((vendor / "fonts").glob("*/")) - {printed}), *printed.glob("*/")]:
        assert list(folder.glob("LICENSE*")), f"{folder.name} has no licence"
