"""The plain text of a message as a page: the same words, its links to press.

What messages write is read, nothing else: a line underlined with ``=`` is a heading, ``*`` begins a thing
of a list, four spaces set apart what is quoted, ``--`` begins the foot. No picture, no style sheet, no colour
of its own: the reader's programme gives those of the day or of the night.
"""

import re
from collections.abc import Iterator
from html import escape

from ancrage.language.typography import unbroken_quotes, unbroken_signs

URL = r"https?://[^\s<>]*[^\s<>.,;:!?)»]"
MAILBOX = r"[^\s<>(),;:«»]+@[\w-]+(?:\.[\w-]+)+"
ADDRESS = re.compile(f"{URL}|{MAILBOX}")
OPEN = "Ouvrir la page"
SHORT = 90
WRAPPED = 60
"""Characters past which a line that goes on below was cut to hold in the width of plain text."""
_FRAME = """<!doctype html>
<html lang="fr" dir="ltr">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark">
<title>{title}</title><style>:root {{ color-scheme: light dark }}</style></head>
<body style="margin:0;padding:16px">
<div style="max-width:38em;margin:0 auto;font:16px/1.5 system-ui,sans-serif;overflow-wrap:anywhere">
{body}
</div></body></html>
"""
_APART = "margin:1em 0;padding:0 0 0 1em;border-left:3px solid;white-space:pre-line"
_CODE = "margin:1em 0;font:bold 28px/1.2 monospace;letter-spacing:2px"
_BUTTON = "display:inline-block;padding:8px 16px;border:2px solid;border-radius:4px;font-weight:bold"


def page(title: str, text: str, *, own: str) -> str:
    """The page of a message. ``own``: what the addresses of this site begin with; the others show whole."""
    body, foot = text.split("\n\n-- \n", 1) if "\n\n-- \n" in text else (text, "")
    told = list(_told(body, own))
    if foot:
        told.append(
            f'<hr style="margin:2em 0 1em"><p style="margin:0;font-size:14px">{_lines(foot, own)}</p>'
        )
    return _FRAME.format(title=_kept(title), body="\n".join(told))


def _told(body: str, own: str) -> Iterator[str]:
    waiting = ""
    apart = re.sub(r"^(?! {4})(.+)\n(?= {4})|^( {4}.*)\n(?! {4})", r"\1\2\n\n", body, flags=re.MULTILINE)
    for part in re.split(r"\n\n+", apart.strip("\n")):
        link = _link_alone(part, own)
        if waiting:
            yield from _led(waiting, link) if link else (f"<p>{_lines(waiting, own)}</p>",)
            waiting = ""
            if link:
                continue
        if link:
            yield f"<p>{_button(link, OPEN)}</p>"
        elif part.endswith(" :") and part[0] not in " *":
            waiting = part
        else:
            yield _part(part, own)
    if waiting:
        yield f"<p>{_lines(waiting, own)}</p>"


def _part(part: str, own: str) -> str:
    first, _, rest = part.partition("\n")
    under, _, after = rest.partition("\n")
    if under and set(under) == {"="}:
        heading = f'<h2 style="margin:1.5em 0 .5em;font-size:19px;line-height:1.3">{_linked(first)}</h2>'
        return heading + (f"\n<p>{_lines(after, own)}</p>" if after else "")
    if all(line.startswith("    ") for line in part.split("\n")):
        return _apart("\n".join(line[4:] for line in part.split("\n")))
    if first.startswith("* "):
        return f"<ul>{_items(part, own)}</ul>"
    return f"<p>{_lines(part, own)}</p>"


def _items(part: str, own: str) -> str:
    return "".join(f"<li>{_lines(one, own)}</li>" for one in re.split(r"(?:^|\n)\* ", part) if one)


def _apart(told: str) -> str:
    if len(told) <= 20 and not re.search(r"\s", told) and "@" not in told:
        return f'<p style="{_CODE}">{_kept(told)}</p>'
    return f'<blockquote style="{_APART}">{_linked(told)}</blockquote>'


def _link_alone(part: str, own: str) -> str:
    """The address of this site that a part holds, and nothing else; empty otherwise."""
    told = part.strip()
    alone = bool(own) and told.startswith(f"{own}/") and re.fullmatch(URL, told)
    return told if alone and part.startswith("    ") else ""


def _led(words: str, link: str) -> Iterator[str]:
    """A link under the words that lead to it, or with them when they say what it does."""
    told = " ".join(words.split()).removesuffix(" :")
    if len(told) <= SHORT and "adresse" not in told and not re.search(r"[.!?] ", told):
        yield f"<p>{_button(link, told)}</p>"
    else:
        yield f"<p>{_kept(told)} :</p>\n<p>{_button(link, OPEN)}</p>"


def _button(link: str, words: str) -> str:
    return f'<a href="{escape(link)}" style="{_BUTTON}">{_kept(words)}</a>'


def _lines(part: str, own: str) -> str:
    """Lines kept, but for those that plain text cut."""
    whole = re.sub(r"(?<=[^.:;!?\n])\n(?=[a-zàâéèêîôû«(])", "\0", part)
    return "<br>\n".join(_line(one.strip(), own) for line in whole.split("\n") for one in _uncut(line))


def _uncut(line: str) -> Iterator[str]:
    held = ""
    for piece in line.split("\0"):
        if held and len(held.rpartition("\0")[2]) < WRAPPED:
            yield held.replace("\0", " ")
            held = piece
        else:
            held = f"{held}\0{piece}" if held else piece
    yield held.replace("\0", " ")


def _line(line: str, own: str) -> str:
    """A line; one that ends with an address of this site, after words that say it, is that link."""
    words, colon, last = line.rpartition(" : ")
    if colon and own and last.startswith(f"{own}/") and re.fullmatch(URL, last) and len(words) <= SHORT:
        return f'<a href="{escape(last)}">{_kept(words)}</a>'
    return _linked(line)


def _linked(text: str) -> str:
    """Text with its addresses to press, everything else as it was written."""
    told, at = "", 0
    for found in ADDRESS.finditer(text):
        whole = escape(found[0])
        href = whole if found[0].startswith("http") else f"mailto:{whole}"
        told += f'{_kept(text[at : found.start()])}<a href="{href}">{whole}</a>'
        at = found.end()
    return told + _kept(text[at:])


def _kept(words: str) -> str:
    """Words as a page writes them: escaped, their signs never alone at the beginning of a line."""
    return escape(unbroken_signs(unbroken_quotes(words)))
