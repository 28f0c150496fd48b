from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paperstui.outside.odd_links import oddness
from paperstui.text.clean import safe_url


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://arxiv.org/abs/2606.01234", ""),
        ("https://arxiv.org/abs/2606.01234", "https://arxiv.org/abs/2606.01234"),
        ("https://arxiv.org/abs/2606.01234", "arxiv.org/abs"),
        ("https://arxiv.org:443/abs/2606.01234", "the paper"),
        ("http://example.org:80/", ""),
        ("https://www.example.org/a", "example.org/a"),
        ("https://example.org/a", "www.example.org/b"),
        ("https://blog.example.org/a", "example.org"),
        ("https://nodejs.org/", "Node.js"),
        ("https://github.com/a/b", "README.md"),
        ("https://github.com/a/b", "v1.2.3"),
        ("https://doi.org/10.1000/182", "10.1000/182"),
        ("https://example.org/", "see example.com for more"),
    ],
)
def test_what_leads_where_it_says_is_not_odd(url: str, shown: str) -> None:
    assert oddness(url, shown) == ""


@pytest.mark.parametrize(
    ("url", "shown", "host", "why"),
    [
        ("https://huggingface.co@evil.example/papers", "", "evil.example", "before the @"),
        ("https://xn--80ak6aa92e.com/", "", "xn--80ak6aa92e.com", "letters"),
        ("https://аррӏе.com/", "", "аррӏе.com", "letters"),
        ("http://192.0.2.7/x", "", "192.0.2.7", "a number"),
        ("http://3221225991/x", "", "3221225991", "a number"),
        ("http://0xc0000207/x", "", "0xc0000207", "a number"),
        ("http://[2001:db8::1]/", "", "2001:db8::1", "a number"),
        ("https://example.org:8443/", "", "example.org", "at port 8443"),
        ("http://example.org:443/", "", "example.org", "at port 443"),
        ("https://evil.example/", "huggingface.co", "evil.example", "huggingface.co"),
        ("https://evil.example/", "https://huggingface.co/papers", "evil.example", "huggingface.co"),
        (
            "https://huggingface.co.evil.example/",
            "huggingface.co",
            "huggingface.co.evil.example",
            "says huggingface.co",
        ),
        ("https://nothuggingface.co/", "huggingface.co", "nothuggingface.co", "says huggingface.co"),
        ("https://evil.example/?huggingface.co", "https://huggingface.co", "evil.example", "says huggingface.co"),
    ],
)
def test_the_true_host_is_named_first(url: str, shown: str, host: str, why: str) -> None:
    said = oddness(url, shown)
    assert said.startswith(host)
    assert why in said


def test_a_name_in_punycode_is_shown_as_it_reads() -> None:
    assert "(аррӏе.com)" in oddness("https://xn--80ak6aa92e.com/")


@given(st.text(max_size=60), st.text(max_size=60))
def test_anything_gives_a_line(address: str, shown: str) -> None:
    said = oddness(f"https://{address}", shown)
    assert "\n" not in said
    if not safe_url(f"https://{address}"):
        return
    assert said.isprintable()
