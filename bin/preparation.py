"""What the commands in bin/ have in common: Python's libraries, the browser's libraries, translations. Standard library only."""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

HOME = Path(__file__).resolve().parent.parent
VENV = HOME / ".venv"
PYTHON = VENV / "bin" / "python"
OLDEST, NEWEST = (3, 11), (3, 13)
# What bin/ starts is started again and again: it is compiled once, also where everything else is told to keep nothing compiled.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)


class Refusal(Exception):
    """Set-up cannot go on. The message is one sentence that says what to do."""


@contextmanager
def step(title: str) -> Iterator[None]:
    """One line of progress: what is being done, then how long it took."""
    print(f"  {title} …", end="", flush=True)
    begun = time.monotonic()
    try:
        yield
    except BaseException:
        print(" failed", flush=True)
        raise
    print(f" {time.monotonic() - begun:.0f} s", flush=True)


def run(command: Sequence[object], what: str, *, pipes: bool = True, **kwargs) -> str:
    """The output of ``command``. Raises Refusal with its last lines when it fails, so that nothing is hidden.

    Without ``pipes`` the output goes through a file: a daemon that the command leaves behind would keep a pipe open for ever.
    """
    words = [str(part) for part in command]
    try:
        with tempfile.TemporaryFile("w+", errors="replace") as file:
            output = {"capture_output": True} if pipes else {"stdout": file, "stderr": subprocess.STDOUT}
            done = subprocess.run(words, stdin=subprocess.DEVNULL, text=True, errors="replace", **{"cwd": HOME, **output, **kwargs})
            file.seek(0)
            printed = (done.stdout or "") + (done.stderr or "") + file.read()
    except OSError as error:
        raise Refusal(f"{what} failed: {command[0]} cannot be started ({error.strerror}).") from error
    if done.returncode:
        tail = "\n".join(f"    {line}" for line in printed.strip().splitlines()[-12:])
        raise Refusal(f"{what} failed:\n{tail}")
    return printed


def digest(files: Iterable[Path], *more: str) -> str:
    """One hash over the names and contents of ``files`` and over ``more``: a finished step is repeated when it changes."""
    total = hashlib.sha256("\0".join(more).encode())
    for file in sorted(files):
        total.update(str(file).encode() + b"\0" + file.read_bytes() + b"\0")
    return total.hexdigest()


def check_python() -> None:
    """Raises Refusal unless this Python can make the museum's virtual environment."""
    if not OLDEST <= sys.version_info[:2] <= NEWEST:
        have, oldest, newest = ((".".join(map(str, v[:2]))) for v in (sys.version_info, OLDEST, NEWEST))
        raise Refusal(f"This is Python {have}: the museum needs Python {oldest} to {newest}, for example `make run PYTHON=python{oldest}`.")
    if sys.platform == "win32":
        raise Refusal("The museum runs on Linux and macOS; on Windows, use the Windows Subsystem for Linux.")
    try:
        import ensurepip
        import venv  # noqa: F401

        ensurepip.version()
    except ImportError:
        package = "python{}.{}-venv".format(*sys.version_info)
        raise Refusal(f"Python's venv module is missing: install it with `apt-get install {package}` and start again.") from None


def check_writable(folder: Path) -> None:
    """Raises Refusal unless files can be made in ``folder``."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise Refusal(f"The folder {folder} cannot be written ({error.strerror}): make it writable, or choose another place.") from error


def python_libraries(lock: str) -> None:
    """The virtual environment with exactly what ``lock`` (a requirements file with hashes) names. What was taken out since is put back."""
    wanted = digest([HOME / lock], sys.version.split()[0])
    stamp = VENV / f".{lock}.installed"
    noted = stamp.read_text().splitlines() if stamp.exists() else []
    if noted[:1] == [wanted] and PYTHON.exists() and installed().issuperset(noted[1:]):
        return
    check_python()
    check_writable(HOME)
    with step("Libraries for Python"):
        if not PYTHON.exists() or subprocess.run([PYTHON, "-m", "pip", "--version"], capture_output=True).returncode:
            run([sys.executable, "-m", "venv", "--clear", VENV], "Making the virtual environment .venv")
        stamp.unlink(missing_ok=True)
        install_lock(HOME / lock)
        stamp.write_text("\n".join([wanted, *sorted(installed())]))


def installed() -> set[str]:
    """Names and versions of the libraries in the virtual environment, by the folders that pip keeps about them."""
    return {folder.name for folder in VENV.glob("lib/python*/site-packages/*.dist-info")}


def install_lock(lock: Path) -> None:
    """Install what ``lock`` names: by uv, which needs a fifth of pip's time, or by pip where uv does not run or pip is told of an index of its own."""
    settings = pip_settings()
    if not settings.keys() & {"index-url", "no-index", "proxy"}:
        environment = {**({"SSL_CERT_FILE": settings["cert"]} if "cert" in settings else {}), **os.environ, "UV_PYTHON_DOWNLOADS": "never"}
        arguments: list[str | Path] = [
            "pip",
            "install",
            "--quiet",
            "--no-config",
            "--python",
            PYTHON,
            "--require-hashes",
            "--no-deps",
            "-r",
            lock,
        ]
        with contextlib.suppress(Refusal):  # pip then says what is wrong
            run([tool("uv", VENV / "tools", PYTHON) / "bin" / "uv", *arguments], "Installing Python libraries", env=environment)
            return
    pip_install(PYTHON, ["-r", lock])


def pip_settings() -> dict[str, str]:
    """What this machine tells pip in files and in the environment."""
    told = run([PYTHON, "-m", "pip", "config", "list"], "Reading pip's settings")
    pairs = (line.split("=", 1) for line in told.splitlines() if "=" in line)
    return {name.rpartition(".")[2]: value.strip("'\"") for name, value in pairs}


def pip_install(python: Path | str, arguments: list[str | Path]) -> None:
    """Install from a lock: every file is checked against its hash, nothing outside the lock comes in.

    Python compiles what it imports when it first does; compiling all of it beforehand would take as long as the rest.
    """
    command = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input", "--no-compile"]
    command += ["--require-hashes", "--no-deps"]
    run([*command, *arguments], "Installing Python libraries", env={**os.environ, "PIP_ROOT_USER_ACTION": "ignore"})


def tool(name: str, folder: Path, python: Path | None = None) -> Path:
    """Unpack one wheel of requirements-tools.txt (Node, Go, a Java runtime, uv) below ``folder``; it never enters the virtual environment.

    ``python`` has a pip that does it; without it one is made for the moment.
    """
    lock = (HOME / "requirements-tools.txt").read_text()
    block = re.search(rf"^{re.escape(name)}==(?:.*\\\n)+.*$", lock, re.MULTILINE)
    if not block:
        raise Refusal(f"requirements-tools.txt does not name {name}: run bin/lock.")
    done = folder / f".{name}-{hashlib.sha256(block.group().encode()).hexdigest()[:12]}"
    place = folder / name
    if not done.exists():
        check_python()
        shutil.rmtree(place, ignore_errors=True)
        place.mkdir(parents=True)
        with tempfile.TemporaryDirectory() as scratch:
            only = Path(scratch) / "requirements.txt"
            only.write_text(block.group() + "\n")
            if not python:
                run([sys.executable, "-m", "venv", Path(scratch) / "venv"], "Making a virtual environment")
            pip_install(python or Path(scratch) / "venv" / "bin" / "python", ["--target", place, "-r", only])
        done.touch()
    return place


def platform_has_wheels() -> bool:
    """Whether PyPI's wheels of Node, Go and Java exist for this machine."""
    return sysconfig.get_platform() in {"linux-x86_64", "linux-aarch64", "macosx-11.0-arm64"}


def browser_libraries() -> None:
    """What package-lock.json names, copied into static/vendor/."""
    vendor = HOME / "bin" / "vendor"
    wanted = digest([HOME / "package.json", HOME / "package-lock.json", vendor])
    stamp = HOME / "static" / "vendor" / ".installed"
    if stamp.exists() and stamp.read_text() == wanted:
        return
    with step("Libraries and fonts for the browser"):
        run([sys.executable, vendor], "Fetching the browser's libraries")
        stamp.write_text(wanted)


def translations() -> None:
    """Compile every catalogue of translations that is newer than its compiled form."""
    stale = [
        (po, po.with_suffix(".mo"))
        for po in HOME.glob("*/locale/*/LC_MESSAGES/*.po")
        if not po.with_suffix(".mo").exists() or po.with_suffix(".mo").stat().st_mtime < po.stat().st_mtime
    ]
    if not stale:
        return
    with step("Translations"):
        for po, mo in stale:
            babel = "babel.messages.frontend"
            run([PYTHON, "-m", babel, "-q", "compile", "-i", po, "-o", mo, "-l", po.parts[-3]], f"Compiling {po.relative_to(HOME)}")
