"""Work on figures that waits for `manage.py db_worker`."""

from django_tasks import task

from indicators.models import Upload


@task()
def check_received(upload_pk: int, run: int) -> str:
    """Check a waiting upload; a second worker with the same task finds nothing to do."""
    from indicators.actions.uploads import check_upload  # noqa: PLC0415 - the actions queue this task

    upload = Upload.objects.filter(pk=upload_pk).first()
    return check_upload(upload=upload, run=run).state if upload else "gone"


@task()
def accept_checked(upload_pk: int, run: int, target: dict) -> str:
    """Accept a large upload; `target` is what `accept_upload` was asked for."""
    from indicators.actions.uploads.accepting import accept_in_background  # noqa: PLC0415 - as above

    return accept_in_background(upload_pk, run, target)
