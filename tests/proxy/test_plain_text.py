"""Claim what a model reads of texts that strangers wrote: all of it, or a marked beginning."""

import pytest

from discogs_proxy.plain_text import LONGEST, MARK, cut, plain, tidy


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("Sigur Rós, Ágætis byrjun (2) 🎷", "Sigur Rós, Ágætis byrjun (2) 🎷"),
        ("two\r\nlines\rand\u2028more\tof", "two\nlines\nand\nmore\tof"),
        ("bell\x07 and \x1b[31mred\x1b[0m", "bell and [31mred[0m"),
        ("c1\x9b and del\x7f and null\x00", "c1 and del and null"),
        ("\u202egnp.exe\u202c \u2066hidden\u2069", "gnp.exe hidden"),
        ("zero\u200bwidth\u2060 soft\u00adhyphen \ufeff", "zerowidth softhyphen"),
        ("tags\U000e0041\U000e0042\U000e007f", "tags"),
        ("नमस्ते क्‍ष \u200d", "नमस्ते क्‍ष \u200d"),
        ("  kept apart, not around  ", "kept apart, not around"),
        ("\x00\u200b", ""),
    ],
)
def test_what_nobody_sees_is_gone_and_all_else_stays(text, read):
    assert tidy(text) == read


@pytest.mark.parametrize(
    ("text", "longest", "read"),
    [
        ("just fits", 9, "just fits"),
        ("one two three four", 14, "one two" + MARK),
        ("one two three four", 11, "one two" + MARK),
        ("one two\nthree four", 14, "one two" + MARK),
        ("日本語の長い文章には空白がない", 10, "日本語の長い" + MARK),
        ("a bcdefghijklmnopqrstuvwxyz", 14, "a bcdefghi" + MARK),
    ],
)
def test_a_long_text_ends_after_a_word_with_a_mark(text, longest, read):
    assert cut(text, longest) == read
    assert len(cut(text, longest)) <= longest


def test_a_value_shown_whole_is_plain_at_every_depth():
    assert plain({"a\x00": [1, None, {"b": "c\x1b"}], "d": "e " * LONGEST}) == {
        "a": [1, None, {"b": "c"}],
        "d": "e " * ((LONGEST - len(MARK)) // 2 - 1) + "e" + MARK,
    }


def test_a_value_too_deep_for_any_reader_ends_in_a_mark():
    deep = "bottom"
    for _ in range(900):
        deep = {"in": [deep]}

    shown = plain(deep)

    levels = 0
    while shown != MARK:
        shown = shown["in"] if isinstance(shown, dict) else shown[0]
        levels += 1
    assert levels == 60
