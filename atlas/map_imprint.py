"""What a picture of a map alone names so that it can be found and checked again: the sheet that it is a part of.

A picture has no document of its own. It carries the short address and the checksum of the map's sheet on A4, which
holds the same map, its figures and their sources; so do the pictures in the archive of that sheet.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from atlas.actions.reporting import note_made
from atlas.map_page import MapPage
from atlas.map_state import MapState
from atlas.reports import kinds
from atlas.reports.bundle import map_facts
from atlas.reports.content import checksum, cleaned
from atlas.reports.document import Document
from atlas.reports.map_sheet import asked_page
from atlas.reports.origin import stand_of
from atlas.reports.picture_facts import Facts

SHEET = {"size": "A4", "landscape": False}


@dataclass(frozen=True)
class Imprint:
    """The sheet of a map, what the map's page says in the state of its release, and what is printed on a picture."""

    document: Document
    page: MapPage
    checksum: str

    @property
    def address(self) -> str:
        """The short address, with the portal's own where the operator has set it."""
        return self.document.origin.permalink_url or self.document.origin.permalink

    @property
    def release(self) -> str:
        """The release in words, with its day."""
        return self.document.origin.release

    @property
    def facts(self) -> Facts:
        """What the file says of itself to programs."""
        return map_facts(self.document)


def imprint_of(state: MapState, release: str, ending: str) -> Imprint:
    """The imprint of a picture that is drawn now as "svg" or "png"; remembered, so that its address answers.

    `release` is a slug. About 45 queries. Raises `NothingToReport`.
    """
    parameters = sheet_parameters(state)
    document = cleaned(kinds.make("map", parameters, release=release))
    note_made(kind="map", parameters=parameters, ending=ending, document=document)
    return Imprint(document, asked_page(parameters["query"], stand_of(release)), checksum(document))


def sheet_parameters(state: MapState) -> Mapping[str, Any]:
    """The parameters of the sheet of a map, whatever release is meant."""
    return {"query": kinds.query_of("map", state), "sheet": SHEET}
