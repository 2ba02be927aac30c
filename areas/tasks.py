"""Work on areas that waits for `manage.py db_worker`."""

from django_tasks import task

from areas.actions import publish_boundaries
from areas.models import AreaLevel


@task()
def republish_boundaries(level_slug: str) -> str:
    """Compute and publish the map boundaries of a level; returns the address of the file."""
    return publish_boundaries(level=AreaLevel.objects.get(slug=level_slug)).path
