"""Who may import now. A lease is renewed inside every batch's transaction; its token fences off a holder that has been replaced."""

from __future__ import annotations

import os
import socket
from datetime import timedelta
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from exchange.errors import ExchangeError, LeaseLost
from exchange.models import Lease

SECONDS = 120


class Holding:
    """A lease held by this process."""

    def __init__(self, name: str, token: int) -> None:
        self.name = name
        self.token = token

    def renew(self) -> None:
        """Prove, within the caller's transaction, that nobody has taken over. Raises LeaseLost."""
        until = timezone.now() + timedelta(seconds=SECONDS)
        if not Lease.objects.filter(name=self.name, token=self.token).update(expires_at=until):
            raise LeaseLost("Another import has taken over. Nothing of the current batch was written; see the list of imports.")

    def release(self) -> None:
        """Let the next one in."""
        Lease.objects.filter(name=self.name, token=self.token).update(holder="", expires_at=None)


@transaction.atomic
def take(name: str) -> Holding:
    """Take the lease: when it is free, has run out, or its holder on this machine is dead. Raises ExchangeError."""
    Lease.objects.get_or_create(name=name)
    lease = Lease.objects.select_for_update().get(name=name)
    if lease.holder and lease.expires_at and lease.expires_at > timezone.now() and not _dead(lease.holder):
        until = timezone.localtime(lease.expires_at).strftime("%H:%M:%S")
        raise ExchangeError(
            f"Another import is running ({_named(lease.holder)}). Wait until it has ended, or until {until} if that machine is gone."
        )
    lease.token += 1
    lease.holder = _self()
    lease.expires_at = timezone.now() + timedelta(seconds=SECONDS)
    lease.save()
    return Holding(name, lease.token)


def _self() -> str:
    return f"{socket.gethostname()} {os.getpid()} {_started(os.getpid())}"


def _started(pid: int) -> str:
    """When a process of this machine began (in ticks since boot); empty when there is none, or no way to know."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[19]
    except (OSError, IndexError):
        return ""


def _dead(holder: str) -> bool:
    """True only when the holder was on this machine and is certainly no longer there."""
    host, pid, started = [*holder.split(" "), "", ""][:3]
    if host != socket.gethostname() or not started or not pid.isdigit():
        return False
    return _started(int(pid)) != started


def _named(holder: str) -> str:
    host, pid = [*holder.split(" "), ""][:2]
    return f"process {pid} on {host}"
