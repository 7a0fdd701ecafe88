"""Which addresses are nobody's business from the outside: private, local, and those that hide one of these.

After the IANA special-purpose address registries (RFC 6890 and its updates). IPv6 forms that carry an IPv4
address (mapped, compatible, translated, NAT64, 6to4, Teredo) count as what they carry.
"""

from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

_CARRIERS: tuple[tuple[IPv6Network, int], ...] = (
    (IPv6Network("::ffff:0:0/96"), 0),  # mapped (RFC 4291)
    (IPv6Network("::ffff:0:0:0/96"), 0),  # translated (RFC 2765)
    (IPv6Network("::/96"), 0),  # compatible, deprecated (RFC 4291)
    (IPv6Network("64:ff9b::/96"), 0),  # NAT64 (RFC 6052)
    (IPv6Network("64:ff9b:1::/48"), 0),  # NAT64 of a site (RFC 8215)
    (IPv6Network("2002::/16"), 80),  # 6to4 (RFC 3056)
)
_TEREDO = IPv6Network("2001::/32")  # the client's address, every bit turned (RFC 4380)
_ISATAP = 0x5EFE  # (RFC 5214), in the interface identifier
_NEVER: tuple[tuple[str, str], ...] = (
    ("0.0.0.0/8", "this network"),
    ("10.0.0.0/8", "private"),
    ("100.64.0.0/10", "a carrier's own"),
    ("127.0.0.0/8", "loopback"),
    ("169.254.0.0/16", "link-local"),
    ("172.16.0.0/12", "private"),
    ("192.0.0.0/24", "reserved for protocols"),
    ("192.0.2.0/24", "for documentation"),
    ("192.31.196.0/24", "reserved"),
    ("192.52.193.0/24", "reserved"),
    ("192.88.99.0/24", "a 6to4 relay"),
    ("192.168.0.0/16", "private"),
    ("192.175.48.0/24", "reserved"),
    ("198.18.0.0/15", "for benchmarks"),
    ("198.51.100.0/24", "for documentation"),
    ("203.0.113.0/24", "for documentation"),
    ("224.0.0.0/4", "multicast"),
    ("240.0.0.0/4", "reserved"),
    ("::/128", "unspecified"),
    ("::1/128", "loopback"),
    ("64:ff9b:1::/48", "a site's own translation"),
    ("100::/64", "discarded"),
    ("2001:2::/48", "for benchmarks"),
    ("2001:10::/28", "an identifier"),
    ("2001:20::/28", "an identifier"),
    ("2001:db8::/32", "for documentation"),
    ("3fff::/20", "for documentation"),
    ("5f00::/16", "segment routing"),
    ("fc00::/7", "private"),
    ("fe80::/10", "link-local"),
    ("fec0::/10", "site-local"),
    ("ff00::/8", "multicast"),
)
_REFUSED: tuple[tuple[Network, str], ...] = tuple((ip_network(text), kind) for text, kind in _NEVER)
_GLOBAL_6 = IPv6Network("2000::/3")


def refusal(address: Address, registered: tuple[Network, ...] = ()) -> str | None:
    """Why nothing may connect to this address, or None when it may.

    Args:
        address: to connect to.
        registered: networks that the service was registered for although they are not public.
    """
    if isinstance(address, IPv6Address) and address.scope_id is not None:
        return "it names an interface of this machine"
    if any(address in network for network in registered if network.version == address.version):
        return None
    for one in (address, *carried(address)):
        if one is not address and any(one in each for each in registered if each.version == one.version):
            continue
        for network, kind in _REFUSED:
            if one.version == network.version and one in network:
                return kind if one is address else f"{kind} (it carries {one})"
    if isinstance(address, IPv6Address) and address not in _GLOBAL_6 and not carried(address):
        return "not allocated to anybody"
    return None


def carried(address: Address) -> tuple[IPv4Address, ...]:
    """The IPv4 addresses that an IPv6 address carries within it."""
    if isinstance(address, IPv4Address):
        return ()
    bits = int(address)
    found = [
        IPv4Address(bits >> shift & 0xFFFFFFFF)
        for network, shift in _CARRIERS
        if address in network and bits > 1
    ]
    if address in _TEREDO:
        found += [IPv4Address(~bits & 0xFFFFFFFF), IPv4Address(bits >> 64 & 0xFFFFFFFF)]
    if bits >> 32 & 0xFFFF == _ISATAP and bits >> 48 & 0xFDFF == 0:
        found.append(IPv4Address(bits & 0xFFFFFFFF))
    return tuple(found)


def parsed(text: str) -> Address | None:
    """The address that a host is, in its one canonical spelling (brackets allowed); None for a name."""
    try:
        return ip_address(text[1:-1] if text[:1] == "[" and text[-1:] == "]" else text)
    except ValueError:
        return None
