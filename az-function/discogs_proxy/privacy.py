"""The page that says what becomes of what callers send."""

from html import escape

NOTICE = (
    "This application uses Discogs' API but is not affiliated with, sponsored or endorsed by "
    "Discogs. 'Discogs' is a trademark of Zink Media, LLC."
)
"""What Discogs' terms of use want said, word for word."""

_PAGE = """\
<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Privacy of this Discogs gateway</title>
</head>
<body>
<h1>Privacy</h1>
<p>This is a gateway: it takes the calls of assistants and programs that hold a key of it, asks
Discogs, and answers. {operator}</p>

<h2>What is logged</h2>
<p>One line for each call, with the name of the operation and its verb, the status, how long it
took (and Discogs of it) and how long the answer was (and Discogs' own), the name of the client key,
an id by which the call is found again (your own, if you send a <code>traceparent</code>), how often
Discogs was asked, how long the call waited and how many calls were left, whether the answer was a
kept one or of an unusual shape, and what kind of error there was, if any.</p>

<h2>What is not logged</h2>
<p>What was asked for and what was answered: no path, no search words, no user names, no bodies.
Nor the client key, the Discogs token, cookies, or the address that a call came from.</p>
<p>The platform that the gateway runs on may keep records of requests of its own, with addresses
and what stands in a URL. How long is set by who operates the gateway.</p>

<h2>What is kept</h2>
<p>Answers of Discogs may be kept to be given again, for one minute to four hours, as the subject
demands; an older one is given only while a newer one is fetched or Discogs cannot be reached, and
none that is six hours old. Profiles, orders, messages, exports and uploads are never kept. Calls
are counted for each client key over the last minute. Nothing else about callers is stored, and
there are no cookies.</p>

<h2>Who gets what</h2>
<p>Discogs gets the operation, its parameters and its body, together with the Discogs token of who
operates the gateway; not your address. The assistant or program that you use gets the answer, and
treats it by terms of its own. Nobody else gets anything.</p>

<h2>Discogs</h2>
<p>Data provided by <a href="https://www.discogs.com/">Discogs</a>.</p>
<p>{notice}</p>
</body>
</html>
"""


def page(contact: str | None) -> str:
    """Return the page in HTML; the contact is text, whatever it holds."""
    operator = (
        f"Who operates it can be reached at {escape(contact)}."
        if contact
        else "Who operates it gave you the key, or put the assistant together that you use."
    )
    return _PAGE.format(operator=operator, notice=escape(NOTICE, quote=False))
