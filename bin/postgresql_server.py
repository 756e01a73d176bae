"""PostgreSQL for tests: Debian's package, with a cluster of its own."""

from __future__ import annotations

import os
import shutil
import socket
from pathlib import Path

import preparation
from service import Service, run_as


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
        user = run_as("postgres", self.run)
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
