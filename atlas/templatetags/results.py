"""What stored results say about one area."""

from django import template

from atlas.selectors.area_results import area_cluster

register = template.Library()


@register.inclusion_tag("atlas/profile_cluster.html")
def profile_cluster(area, stand):
    """The cluster of an area in the newest typology of its level; nothing where there is none. 1 query."""
    return {"found": area_cluster(area, stand)}
