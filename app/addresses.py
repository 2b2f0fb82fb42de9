"""The network that a request comes from, as limits count it: IPv6 by /64, as one household gets it."""

from ipaddress import IPv6Address, ip_address, ip_network
from typing import Any

from litestar.connection import ASGIConnection


def network_of(connection: ASGIConnection[Any, Any, Any, Any]) -> str:
    """The network of the client; "" where it is not known."""
    return as_network(connection.client.host if connection.client else "")


def as_network(host: str) -> str:
    """An IPv4 address as it is, also one that is written as IPv6; of an IPv6 address its /64."""
    try:
        address = ip_address(host.partition("%")[0])
    except ValueError:
        return host
    if not isinstance(address, IPv6Address):
        return str(address)
    return str(address.ipv4_mapped or ip_network((int(address) >> 64 << 64, 64)))
