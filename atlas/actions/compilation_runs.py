"""Runs of compilations: a plan with the texts of a release becomes documents; what changed since the run before."""

import logging
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from atlas.actions.compilations import CompilationError, known_data
from atlas.actions.reporting import ReportError, ask_for_report, report_for
from atlas.compilation_pieces import with_texts
from atlas.models import Compilation, CompilationRun
from atlas.reports.changes import as_data, changes_between
from atlas.reports.compilation import WrongCompilation, compilation_of
from atlas.reports.compiling import compiled
from atlas.reports.content import cleaned
from atlas.reports.document import Document
from atlas.reports.origin import NothingToReport
from atlas.reports.sections import WrongOption
from atlas.reports.sections.changes import renamed_chapters, with_run_before, without_changes
from atlas.selectors.compilations import texts_for
from indicators.models import Release

log = logging.getLogger(__name__)


def data_to_run(kept: Compilation, release: Release, language: str) -> dict[str, Any]:
    """The plan as it is run: with the texts for a release. Raises `CompilationError`."""
    try:
        data = known_data(kept)
    except WrongCompilation as error:
        raise CompilationError(str(error)) from error
    with override(language):
        texts = {now.part.key: now.printed for now in texts_for(kept, release, language)}
    return with_texts(data, texts)


@transaction.atomic
def start_run(
    *, kept: Compilation, release: Release, language: str, endings: Sequence[str], user, wants_mail: bool = False
) -> CompilationRun:
    """Have documents made in some formats; the same plan on the same release twice is one run.

    Raises `CompilationError`.
    """
    stored = Compilation.objects.select_for_update().get(pk=kept.pk)
    data = data_to_run(stored, release, language)
    last = stored.runs.filter(language=language).select_related("release").first()
    if last and last.release_id == release.pk and without_changes(last.data) == without_changes(data):
        run = last
    else:
        run = CompilationRun.objects.create(
            compilation=stored,
            data=with_run_before(data, told_before(last)),
            release=release,
            language=language,
            user=user,
            before=last,
        )
        if last:
            transaction.on_commit(partial(_wake, run.pk))
    make_again(run=run, endings=endings, user=user, wants_mail=wants_mail)
    return run


def told_before(run: CompilationRun | None) -> Mapping[str, Any] | None:
    """A run as the chapter of changes wants it."""
    return run and {"release": run.release.slug, "compilation": without_changes(run.data)}


def make_again(*, run: CompilationRun, endings: Sequence[str], user, wants_mail: bool = False) -> None:
    """Have the documents of a run made, in further formats or once more. Raises `CompilationError`."""
    try:
        for ending in endings:
            report = report_for(
                kind="compilation",
                parameters=run.data,
                ending=ending,
                release=run.release.slug,
                language=run.language,
                title=run.data["title"],
            )
            ask_for_report(report=report, user=user, wants_mail=wants_mail)
            run.reports.add(report)
    except ReportError as error:
        raise CompilationError(str(error)) from error


def compare_again(*, run: CompilationRun) -> None:
    """Have the changes found once more, after a fault or where a worker was lost."""
    CompilationRun.objects.filter(pk=run.pk, changes=None).update(fault="")
    transaction.on_commit(partial(_wake, run.pk))


def _wake(pk: int) -> None:
    from atlas.tasks_compilations import find_changes  # noqa: PLC0415 - tasks import the actions

    find_changes.enqueue(pk)


def work_out_changes(*, run: CompilationRun) -> CompilationRun:
    """Find and keep what is different from the run before; `fault` says in a sentence why that is not possible."""
    if run.before is None or run.changes is not None:
        return run
    with override(run.language):
        try:
            renamed = renamed_chapters(run.before.data, run.data)
            run.changes, run.fault = as_data(changes_between(_document(run.before), _document(run), renamed)), ""
        except (NothingToReport, WrongCompilation, WrongOption) as error:
            run.fault = str(error)
        except Exception:  # whatever it was: the page must not wait for ever
            log.exception("Changes of run %s could not be found.", run.pk)
            run.fault = _("Beim Vergleichen ist ein unerwarteter Fehler aufgetreten.")
    run.save(update_fields=["changes", "fault"])
    return run


def _document(run: CompilationRun) -> Document:
    return cleaned(compiled(compilation_of(without_changes(run.data)), release=run.release.slug))
