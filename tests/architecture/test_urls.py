"""Every address says who may open it; what is open to all stands in this list."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from motcua.accounts.gate import access_of

OPEN_TO_ALL = {
    "/",
    "/language/",
    "/sign-in/",
    "/sign-out/",
    "/kiosk/<str:secret>/",
    "/kiosk/<str:secret>/data/",
}
SIGNED_IN = {"/account/password/"}


def addresses(resolver: URLResolver, before: str = "/") -> Iterator[tuple[str, Any]]:
    """Give every address with its view."""
    for pattern in resolver.url_patterns:
        address = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern, address)
        elif isinstance(pattern, URLPattern):
            yield address, pattern.callback


ADDRESSES = dict(addresses(get_resolver()))


@pytest.mark.parametrize("address", ADDRESSES)
def test_an_address_says_who_may_open_it(address: str) -> None:
    assert access_of(ADDRESSES[address]) is not None


def test_only_the_listed_addresses_need_no_permission() -> None:
    said = {address: access_of(view) for address, view in ADDRESSES.items()}

    assert {address for address, access in said.items() if access and access.is_open} == OPEN_TO_ALL
    assert {
        address
        for address, access in said.items()
        if access and not access.is_open and not access.permissions
    } == SIGNED_IN
