"""Who can reach this server, and under which address."""

import socket
from ipaddress import ip_address

ANY = ("0.0.0.0", "::")
OUTSIDE = ("192.0.2.1", "10.255.255.254", "172.31.255.254", "192.168.255.254")
"""Addresses towards which the system is asked which of its own it would use; nothing is sent to them."""


def is_local(host: str) -> bool:
    """Whether an address or name is this machine's own, which nobody else can reach.

    >>> is_local("127.0.0.1"), is_local("localhost"), is_local("::ffff:127.0.0.1"), is_local("192.168.1.5")
    (True, True, True, False)
    """
    try:
        found = ip_address(host)
    except ValueError:
        return host == "localhost"
    return (getattr(found, "ipv4_mapped", None) or found).is_loopback


def reachable(host: str) -> str:
    """The address at which others reach a server that listens at ``host``, as it stands in a link.

    >>> reachable("192.168.1.5"), reachable("fd00::5")
    ('192.168.1.5', '[fd00::5]')
    """
    if host in ANY:
        return _own()
    return f"[{host}]" if ":" in host else host


def _own() -> str:
    """The address of this machine on its network; that of the machine to itself where there is no network."""
    for outside in OUTSIDE:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
            try:
                probe.connect((outside, 9))
            except OSError:
                continue
            found = str(probe.getsockname()[0])
            if not is_local(found):
                return found
    return "127.0.0.1"
