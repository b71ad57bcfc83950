import pytest

from sandbox.lookalike.markup import media_of, render


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("<script>", "&lt;script&gt;"),
        ("[url=javascript:alert(1)]x[/url]", "x"),
        ('[url=https://a"b]x[/url]', '<a href="https://a&quot;b">x</a>'),
        ("[url]https://a[/url]", '<a href="https://a">https://a</a>'),
        ("[img=https://a]", ""),
        ("[a=Simon & Garfunkel]", "Simon &amp; Garfunkel"),
    ],
)
def test_html_is_escaped_before_it_is_marked_up(lookalike, markup, expected):
    assert render(markup, "html", lookalike.catalogue) == expected


def test_plaintext_keeps_the_words_alone(lookalike):
    text = "[i]x[/i] [url]https://a[/url][img=b] [l2016] [m3014] [r4036] [L=Warp]"

    assert render(text, "plaintext", lookalike.catalogue) == (
        "x https://a Factory Blue Monday The Man·Machine Warp"
    )


@pytest.mark.parametrize(
    ("accept", "media"),
    [
        ("*/*", "discogs"),
        ("application/vnd.discogs.v2.html+json", "html"),
        ("application/json, application/vnd.discogs.v2.plaintext+json", "plaintext"),
    ],
)
def test_accept_chooses_the_format(accept, media):
    assert media_of(accept) == media
