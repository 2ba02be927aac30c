"""Keeping compilations: made, changed piece by piece, shared, deleted and brought back."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from atlas import compilation_pieces as pieces
from atlas.models import Compilation, CompilationHistory, CompilationRun, ReportText
from atlas.reports.compilation import MOST_PARTS, MOST_TITLE, Part, WrongCompilation, as_data, compilation_of
from atlas.reports.compilation import Compilation as Plan


class CompilationError(Exception):
    """Something that cannot be done; the message is a sentence for the clerk."""


class PieceInConflict(CompilationError):
    """Somebody else changed the same piece since it was shown; nothing was saved. `kept` is how it is stored now."""

    def __init__(self, kept: Compilation):
        super().__init__(_("Inzwischen hat jemand anderes dasselbe geändert."))
        self.kept = kept


def create_compilation(*, plan: Plan, user, template: str = "") -> Compilation:
    """Keep a plan for the first time; it belongs to `user`."""
    return Compilation.objects.create(
        title=plan.title[:MOST_TITLE],
        data=as_data(pieces.keyed(plan)),
        owner=user,
        changed_by=user,
        template=template,
    )


@transaction.atomic
def copy_compilation(*, kept: Compilation, user) -> Compilation:
    """The same once more for `user`, with its texts, not shared."""
    plan = compilation_of(kept.data)
    title = (_("%s (Kopie)") % plan.title)[:MOST_TITLE]
    copy = create_compilation(plan=replace(plan, title=title), user=user, template=kept.template)
    texts = kept.texts.all()
    for text in texts:
        text.pk, text.compilation, text.author = None, copy, user
    ReportText.objects.bulk_create(texts)
    return copy


def save_head(*, kept: Compilation, head: Plan, seen: str, user) -> Compilation:
    """Title, kind, subtitle, day and paper of `head`. Raises `PieceInConflict` when they are not what was `seen`."""

    def change(plan: Plan) -> Plan:
        if pieces.head_mark(plan) != seen:
            raise PieceInConflict(kept)
        return replace(head, parts=plan.parts)

    return _changed(kept, change, user)


def save_part(*, kept: Compilation, part: Part, seen: str, user) -> Compilation:
    """One part, known by its key. Raises `PieceInConflict` when it is not what was `seen`, or is gone."""

    def change(plan: Plan) -> Plan:
        stored = pieces.part_of(plan, part.key)
        if stored is None or pieces.part_mark(stored) != seen:
            raise PieceInConflict(kept)
        return pieces.with_part(plan, part)

    return _changed(kept, change, user)


def add_part(*, kept: Compilation, part: Part, user, after: str = "") -> tuple[Compilation, str]:
    """One part more; returns its key too. Raises `CompilationError` when there are too many."""
    key = ""

    def change(plan: Plan) -> Plan:
        nonlocal key
        if len(plan.parts) >= MOST_PARTS:
            raise CompilationError(_("Eine Zusammenstellung hat höchstens %s Teile.") % MOST_PARTS)
        used = {one.key for one in plan.parts} | set(kept.texts.values_list("part", flat=True))
        key = pieces.next_key(used | _keys_before(kept))
        return pieces.with_new_part(plan, replace(part, key=key), after)

    return _changed(kept, change, user), key


def _keys_before(kept: Compilation) -> set[str]:
    """Keys of parts in earlier versions, which may be brought back."""
    earlier = CompilationHistory.objects.filter(pgh_obj_id=kept.pk).values_list("data", flat=True)
    return {part.get("key", "") for data in earlier for part in data.get("parts", ())}


def move_part(*, kept: Compilation, key: str, by: int, user) -> Compilation:
    """A part further down, or up with a negative number."""
    return _changed(kept, lambda plan: pieces.moved(plan, key, by), user)


def remove_part(*, kept: Compilation, key: str, user) -> Compilation:
    """A part less. Its texts stay, for when it is brought back with an earlier version."""
    return _changed(kept, lambda plan: pieces.without_part(plan, key), user)


def restore_version(*, kept: Compilation, version: int, user) -> Compilation:
    """The plan as it was in an earlier version, as a new one. Raises `CompilationError`."""
    earlier = CompilationHistory.objects.filter(pgh_obj_id=kept.pk, version=version).first()
    if earlier is None:
        raise CompilationError(_("Die Fassung %s gibt es nicht.") % version)
    return _changed(kept, lambda _plan: compilation_of(earlier.data), user)


@transaction.atomic
def _changed(kept: Compilation, change: Callable[[Plan], Plan], user) -> Compilation:
    """Change the stored plan, whoever else is at it; nothing where it stays the same."""
    stored = Compilation.objects.select_for_update().get(pk=kept.pk)
    try:
        plan = change(compilation_of(stored.data))
        data = as_data(pieces.keyed(compilation_of(as_data(plan))))
    except WrongCompilation as error:
        raise CompilationError(str(error)) from error
    except PieceInConflict as error:
        raise PieceInConflict(stored) from error
    if data != stored.data:
        stored.data, stored.title = data, plan.title
        stored.version, stored.changed_by = stored.version + 1, user
        stored.save(update_fields=["data", "title", "version", "changed_by", "changed_at"])
    return stored


def share_compilation(*, kept: Compilation, is_shared: bool) -> None:
    """Let colleagues see, copy and run it, or no longer."""
    Compilation.objects.filter(pk=kept.pk).update(is_shared=is_shared)


def delete_compilation(*, kept: Compilation) -> None:
    """Take it off every list; its runs and texts stay."""
    Compilation.objects.filter(pk=kept.pk, deleted_at=None).update(deleted_at=timezone.now())


def bring_back(*, kept: Compilation) -> None:
    """Undo `delete_compilation`."""
    Compilation.objects.filter(pk=kept.pk).update(deleted_at=None)


@transaction.atomic
def keep_text(*, kept: Compilation, part: str, release, language: str, text: str, seen: str, user) -> ReportText:
    """The text of a part for a release; saving it says that somebody has looked at it.

    `seen` is the mark of what was stored when it was shown, "" for nothing. Raises `PieceInConflict`.
    """
    stored = Compilation.objects.select_for_update().get(pk=kept.pk)  # the lock for its texts
    found = ReportText.objects.filter(compilation=stored, part=part, release=release, language=language).first()
    if text_mark(found) != seen:
        raise PieceInConflict(stored)
    if found is None:
        found = ReportText(compilation=stored, part=part, release=release, language=language)
    found.text, found.author = text, user
    found.save()
    return found


def text_mark(text: ReportText | None) -> str:
    """The mark of a stored text, "" where there is none."""
    return pieces.mark_of([text.text]) if text else ""


def known_data(kept: Compilation) -> dict[str, Any]:
    """The stored plan in the form of today. Raises `WrongCompilation`."""
    return as_data(compilation_of(kept.data))


def forget_clerks() -> int:
    """Take out who changed, wrote or ran something, after the days that names of editors are kept; returns how many.

    To whom a compilation belongs stays. Done once a day; twice does no harm.
    """
    before = timezone.now() - timedelta(days=settings.EDITOR_NAMES_DAYS)
    return (
        Compilation.objects.filter(changed_at__lt=before, changed_by__isnull=False).update(changed_by=None)
        + ReportText.objects.filter(changed_at__lt=before, author__isnull=False).update(author=None)
        + CompilationRun.objects.filter(asked_at__lt=before, user__isnull=False).update(user=None)
    )
