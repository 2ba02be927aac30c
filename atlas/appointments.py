"""Appointments as a calendar file (iCalendar, RFC 5545). Pure: no Django, moments in, text out."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

LONGEST_LINE = 75  # octets before a line is folded (RFC 5545, 3.1)


@dataclass(frozen=True)
class Appointment:
    """A moment with a title, or whole days up to and including `last`; `uid` stays the same when it is moved."""

    uid: str
    at: datetime.datetime | datetime.date
    changed: datetime.datetime
    title: str
    url: str = ""
    place: str = ""
    last: datetime.date | None = None


def calendar_text(name: str, appointments: Iterable[Appointment]) -> str:
    r"""The calendar, lines ended by CR LF and folded.

    >>> at = datetime.datetime(2027, 3, 1, 9, 0, tzinfo=datetime.UTC)
    >>> text = calendar_text("Termine", [Appointment("1@portal", at, at, "Zahlen, neu; ab 10 Uhr")])
    >>> "DTSTART:20270301T090000Z\r\n" in text and "SUMMARY:Zahlen\\, neu\\; ab 10 Uhr\r\n" in text
    True
    >>> days = Appointment("2@portal", datetime.date(2027, 3, 1), at, "Forum", last=datetime.date(2027, 3, 2))
    >>> "DTSTART;VALUE=DATE:20270301\r\nDTEND;VALUE=DATE:20270303\r\n" in calendar_text("Termine", [days])
    True
    """
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Sozialportal//Releases//DE", "CALSCALE:GREGORIAN"]
    lines += ["METHOD:PUBLISH", f"X-WR-CALNAME:{_escaped(name)}"]
    for each in appointments:
        lines += ["BEGIN:VEVENT", f"UID:{each.uid}", f"DTSTAMP:{_utc(each.changed)}", *_when(each)]
        lines += [f"SUMMARY:{_escaped(each.title)}", "TRANSP:TRANSPARENT", "STATUS:CONFIRMED"]
        lines += [f"LOCATION:{_escaped(each.place)}"] if each.place else []
        lines += [f"URL:{each.url}"] if each.url else []
        lines += ["END:VEVENT"]
    lines += ["END:VCALENDAR"]
    return "".join(f"{_folded(line)}\r\n" for line in lines)


def _when(each: Appointment) -> list[str]:
    if isinstance(each.at, datetime.datetime):
        return [f"DTSTART:{_utc(each.at)}"]
    after = (each.last or each.at) + datetime.timedelta(days=1)
    return [f"DTSTART;VALUE=DATE:{each.at:%Y%m%d}", f"DTEND;VALUE=DATE:{after:%Y%m%d}"]


def _utc(moment: datetime.datetime) -> str:
    return f"{moment.astimezone(datetime.UTC):%Y%m%dT%H%M%SZ}"


def _escaped(text: str) -> str:
    text = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return text.replace("\r\n", "\\n").replace("\n", "\\n").replace("\r", "")


def _folded(line: str) -> str:
    """The line in pieces of at most 75 octets, never inside a letter; each further piece begins with a space."""
    pieces, piece, size = [], "", 0
    for letter in line:
        width = len(letter.encode())
        if size + width > LONGEST_LINE:
            pieces.append(piece)
            piece, size = " ", 1
        piece, size = piece + letter, size + width
    return "\r\n".join([*pieces, piece])
