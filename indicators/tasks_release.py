"""Work on releases that waits for the worker."""

from django_tasks import task

from indicators.actions.errors import PublishingError
from indicators.actions.preparing import prepare_release
from indicators.models import Release


@task()
def prepare(release_id: int) -> str:
    """Compute what a release would show; "" or why it cannot be."""
    release = Release.objects.filter(pk=release_id, published_at__isnull=True).first()
    if release is None:
        return ""
    try:
        prepare_release(release=release)
    except PublishingError as error:
        return str(error)
    return ""
