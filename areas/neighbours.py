"""Which areas touch on the published map."""

import json

from areas.geometry.contiguity import Neighbours, queen_neighbours
from areas.models import PublishedFile


def published_neighbours(level: str) -> Neighbours:
    """For every area on the current published boundaries of a level those that touch it; else empty. 1 query."""
    files = PublishedFile.objects.filter(name=f"grenzen/{level}.json", is_current=True)
    content = files.values_list("plain", flat=True).first()
    return queen_neighbours(json.loads(bytes(content))) if content is not None else {}
