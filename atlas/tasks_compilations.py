"""Comparing runs of compilations, which waits for `manage.py db_worker`."""

from django_tasks import task

from atlas.actions.compilation_runs import work_out_changes
from atlas.models import CompilationRun


@task()
def find_changes(run_pk: int) -> bool:
    """Whether what changed since the run before is known now; done twice it does no harm."""
    run = CompilationRun.objects.select_related("release", "before__release").filter(pk=run_pk).first()
    return run is not None and work_out_changes(run=run).changes is not None
