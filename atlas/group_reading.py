"""What the address of an own group of areas asks for, and what is wrong with it, in plain sentences."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from areas.models import Area, AreaLevel
from atlas.stand import Stand, read_stand, remark_of

PARAMETERS = frozenset({"ebene", "gebiete", "name", "stand"})
LONGEST_NAME = 60  # letters
SHOWN = 20  # letters of what was found that are repeated
TOLD = 5  # faults of one kind that are told


@dataclass(frozen=True)
class GroupAsked:
    """A level and areas of it, in the order of their codes; `remarks` say what could not be used."""

    level: AreaLevel
    levels: list[AreaLevel]
    areas: list[Area]
    name: str
    stand: Stand
    remarks: list[str] = field(default_factory=list)

    @property
    def codes(self) -> list[str]:
        """Codes of the areas."""
        return [area.code for area in self.areas]

    def url(self, view: str = "atlas:group", *, stand: str | None = None) -> str:
        """Address of this group, or of its downloads."""
        asked = self.stand.asked if stand is None else stand
        return group_url(self.level.slug, self.codes, name=self.name, stand=asked, view=view)


def group_url(level: str, codes: list[str], *, name: str = "", stand: str = "", view: str = "atlas:group") -> str:
    """Address of a group: level, codes with commas, and what else is given."""
    query = {"ebene": level, "gebiete": ",".join(codes), "name": name, "stand": stand}
    return f"{reverse(view)}?{urlencode({key: text for key, text in query.items() if text}, safe=',')}"


def read_group(query: Mapping[str, str]) -> GroupAsked:
    """The group that an address names; what is wrong is left out and said. At most 6 queries."""
    remarks: list[str] = []
    levels = [level for level in AreaLevel.objects.order_by("rank") if level.rank]
    level = _level(query.get("ebene", ""), levels, remarks)
    areas = _areas(query.get("gebiete", ""), level, remarks)
    stand = read_stand(query.get("stand", ""))
    if stand.wrong:
        remarks.append(remark_of(stand))
    return GroupAsked(level, levels, areas, _name(query.get("name", ""), remarks), stand, remarks)


def _level(slug: str, levels: list[AreaLevel], remarks: list[str]) -> AreaLevel:
    usual = next((level for level in levels if level.is_reporting), levels[-1])
    found = next((level for level in levels if level.slug == slug), None)
    if slug and found is None:
        words = {"found": slug[:SHOWN], "known": ", ".join(level.slug for level in levels)}
        remarks.append(_("Die Ebene „%(found)s“ gibt es nicht. Möglich sind: %(known)s.") % words)
    return found or usual


def _areas(text: str, level: AreaLevel, remarks: list[str]) -> list[Area]:
    cleaned = "".join(sign for sign in text if sign.isprintable())  # the database refuses some of the others
    asked = [code.strip() for code in cleaned.split(",") if code.strip()]
    if not asked:
        return []
    found = Area.objects.in_force().filter(level=level, code__in=asked).select_related("level").defer("geometry")
    by_code = {area.code: area for area in found.order_by("code")}
    twice = sorted({code for code in asked if asked.count(code) > 1 and code in by_code})
    for code in twice[:TOLD]:
        remarks.append(_("Der Schlüssel „%s“ steht mehrmals in der Liste; er zählt einmal.") % code)
    unknown = sorted({code for code in asked if code not in by_code})
    elsewhere = _other_levels(unknown, level)
    for code in unknown[:TOLD]:
        remarks.append(_unknown(code, level, elsewhere.get(code)))
    if len(unknown) > TOLD:
        remarks.append(_("%(count)s weitere Schlüssel gibt es nicht.") % {"count": len(unknown) - TOLD})
    return list(by_code.values())


def _other_levels(codes: list[str], level: AreaLevel) -> dict[str, AreaLevel]:
    if not codes:
        return {}
    found = Area.objects.in_force().filter(code__in=codes).exclude(level=level).select_related("level")
    return {area.code: area.level for area in found.defer("geometry").order_by("-level__rank")}


def _unknown(code: str, level: AreaLevel, other: AreaLevel | None) -> str:
    words = {"code": code[:SHOWN], "level": level.label}
    if other is None:
        return _("Auf der Ebene %(level)s gibt es kein Gebiet mit dem Schlüssel „%(code)s“.") % words
    text = _(
        "Auf der Ebene %(level)s gibt es kein Gebiet mit dem Schlüssel „%(code)s“, nur auf der Ebene %(other)s. "
        "Eine Gruppe besteht aus Gebieten einer einzigen Ebene."
    )
    return text % (words | {"other": other.label})


def _name(text: str, remarks: list[str]) -> str:
    name = " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())
    if len(name) > LONGEST_NAME:
        remarks.append(_("Der Name ist zu lang; gezeigt werden die ersten %s Zeichen.") % LONGEST_NAME)
    return name[:LONGEST_NAME].rstrip()
