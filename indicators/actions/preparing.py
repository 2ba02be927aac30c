"""Preparing a release: everything the public will see is computed before the hour at which it becomes public.

A preparation knows what it was computed from. While that stays the same nothing is computed again, and whoever
approves, approves exactly these figures.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from graphlib import CycleError

from django.db import transaction

from areas.actions import forget_files
from areas.models import Area, AreaLevel, AreaPart, PublishedFile, Source
from indicators.auditing import exposures
from indicators.definitions import deciding_rows
from indicators.dependencies import computed_from, dependents, inputs
from indicators.index_definitions import deciding_rules
from indicators.models import (
    Figure,
    Formula,
    FormulaTerm,
    IndexResult,
    Indicator,
    Release,
    SecrecyRule,
    SeriesBreak,
    Value,
)
from indicators.models.secrecy import SECRECY
from indicators.secret_hiding import SecrecyError
from indicators.secret_public import public_editions
from indicators.secret_rules import related, witnesses
from indicators.secret_tables import MixedDivisions

from .computing import compute_editions
from .correcting import keep_corrections
from .errors import PublishingError

# What of the catalogue decides about figures; texts do not.
DECIDING = (
    *("slug", "aggregation", "weight_id", "decimals", "factor", "numerator_kind"),
    *("author_breaks", "default_classes", "reference"),
    *("source_id", "counts", "min_cases", "reveals_id", "part_of_id", "breakdown", "cases_id", "concentration_id"),
)
_TOLD = (
    "indicator_id",
    "area_id",
    "period_id",
    "value",
    "status",
    "numerator",
    "denominator",
    "joint_with",
    "source_id",
)
_COMPUTED = (
    *("edition__indicator__slug", "area__level__slug", "area__code", "period__code", "value", "status"),
    *("numerator", "denominator", "joint_with", "coverage", "rank", "rank_of", "city_difference", "classes"),
    *("lower", "upper", "differs", "differs_since"),
)
_TOLD_OF_INDEX = (
    *("edition__indicator__slug", "area__level__slug", "area__code", "period__code"),
    *("score", "number_class", "reason", "about", "contributions", "changes", "variants"),
)


@transaction.atomic
def prepare_release(*, release: Release) -> Release:
    """Compute the editions of an unpublished release, unless they are up to date.

    Raises `PublishingError` for a release that is published already or has no values.
    """
    release = Release.objects.select_for_update().get(pk=release.pk)
    if release.published_at:
        raise PublishingError(f"„{release.title}“ ist schon veröffentlicht.")
    if not release.values.exists():
        raise PublishingError(f"„{release.title}“ enthält keine Werte.")
    made_of = input_digest(release)
    if release.prepared_from != made_of:
        forget_preparation(release)
        try:
            keep_corrections(release, compute_editions(release))
            release.exposed = [asdict(found) for found in exposures(release)]
        except CycleError as error:
            text = "Indikatoren werden im Kreis auseinander berechnet; bitte die Formeln im Katalog prüfen."
            raise PublishingError(text) from error
        except MixedDivisions as error:
            text = (
                f"„{release.title}“: Für {error} gelten die Zahlen zusammengehöriger Indikatoren teils für frühere, "
                "teils für heutige Gebiete; so lässt sich nicht prüfen, was geheim bleiben muss."
            )
            raise PublishingError(text) from error
        except SecrecyError as error:
            raise PublishingError(_contradicting(release, str(error))) from None
        release.prepared_from, release.prepared_digest = made_of, figures_digest(release)
        release.save(update_fields=["prepared_from", "prepared_digest", "exposed"])
    return release


def _contradicting(release: Release, period: str) -> str:
    return (
        f"„{release.title}“: Die Zahlen von {period} widersprechen sich so, dass nicht zu sagen ist, was aus ihnen "
        "folgt. Bitte prüfen Sie Summen und Gliederungen."
    )


def forget_preparation(release: Release) -> None:
    """Delete what was computed for an unpublished release."""
    files = list(release.editions.values_list("files", flat=True))
    release.changes.all().delete()
    release.analyses.all().delete()
    release.editions.all().delete()
    kept = set(Release.objects.filter(editions__files__in=files).values_list("editions__files", flat=True))
    forget_files(pks=[pk for pk in files if pk is not None and pk not in kept])
    Release.objects.filter(pk=release.pk).update(prepared_from="", prepared_digest="", exposed=[])


def is_prepared(release: Release) -> bool:
    """Whether the stored figures are those that its values give now."""
    return bool(release.prepared_from) and release.prepared_from == input_digest(release)


def input_digest(release: Release) -> str:
    """SHA-256 of all that the figures of a release depend on: values, catalogue rules, division, boundaries, sources.

    What is public today belongs to it too, because the corrections say what it is replaced by, and because results
    over several indicators are computed from what readers will see together.
    """
    shown, needed = _concerned(release)
    own = Indicator.objects.filter(pk__in=shown)
    known = Indicator.objects.filter(pk__in=[*shown, *needed])
    used = known | Indicator.objects.filter(weighs__in=known)
    used = list(used.distinct().order_by("pk").values_list("pk", *DECIDING))
    pks = [row[0] for row in used]
    visible = Value.objects.visible_to(release).filter(indicator__in=pks).values_list(*_TOLD)
    levels = Indicator.levels.through.objects.filter(indicator__in=pks).order_by("indicator", "arealevel")
    boundaries = PublishedFile.objects.filter(name__startswith="grenzen/", is_current=True)
    division = Area.objects.in_force().order_by("pk").values_list("pk", "level", "code")
    return _digest(
        [release.slug],
        own.order_by("pk").values_list("pk"),
        Indicator.objects.order_by("pk").values_list("pk", "current_edition"),
        used,
        levels.values_list("indicator", "arealevel"),
        sorted(deciding_rules(pks).items()),
        SeriesBreak.objects.filter(indicator__in=pks).order_by("pk").values_list("indicator", "period"),
        AreaLevel.objects.order_by("pk").values_list("pk", "slug", "rank", "is_smallest"),
        Source.objects.order_by("pk").values_list("pk", "slug"),
        division,
        Area.objects.filter(valid__endswith__isnull=False).order_by("pk").values_list("pk", "valid"),
        boundaries.order_by("name").values_list("name", "digest"),
        *_formulas(pks),
        *deciding_rows(),
        AreaPart.objects.order_by("whole", "part").values_list("whole", "part"),
        visible.iterator(chunk_size=5000),
        *_secrecy(release, [*shown, *needed]),
    )


def _concerned(release: Release) -> tuple[list[int], list[int]]:
    """Indicators that the release gives new figures, and those that they are computed from besides."""
    edges = computed_from()
    own = Indicator.objects.filter(values__release=release).values_list("pk", flat=True)
    shown = dependents(own, edges)
    return sorted(shown), sorted(inputs(shown, edges) - shown)


def _formulas(pks: Sequence[int]) -> tuple[Iterable, Iterable]:
    """Formulas of these indicators and their terms."""
    formulas = Formula.objects.filter(indicator__in=pks).order_by("indicator")
    terms = FormulaTerm.objects.filter(formula__indicator__in=pks).order_by("formula", "role", "order", "input")
    return (
        formulas.values_list("indicator", "kind", "periods_back", "base_period", "years"),
        terms.values_list("formula", "role", "order", "input"),
    )


def _secrecy(release: Release, own: Iterable[int]) -> Iterator[Iterable]:
    """What decides about secrets: the rules, all that is counted with these indicators, and what of it is public."""
    involved = related(own)
    involved |= witnesses(involved)
    yield Indicator.objects.filter(pk__in=involved).order_by("pk").values_list("pk", *DECIDING)
    yield SecrecyRule.objects.order_by("source").values_list(*SECRECY)
    yield [[pk] for pk in sorted(public_editions(of=involved, but=release))]
    others = Value.objects.visible_to(release).filter(indicator__in=involved.difference(own))
    yield others.values_list(*_TOLD).iterator(chunk_size=5000)


def figures_digest(release: Release) -> str:
    """SHA-256 of all computed figures, class limits and further results of a release."""
    figures = Figure.objects.filter(edition__release=release).order_by(*_COMPUTED[:4]).values_list(*_COMPUTED)
    editions = release.editions.order_by("indicator__slug")
    results = IndexResult.objects.filter(edition__release=release).order_by(*_TOLD_OF_INDEX[:4])
    analyses = release.analyses.order_by("kind", "key").values_list("kind", "key", "inputs", "content")
    return _digest(
        editions.values_list("indicator__slug", "breaks"),
        figures.iterator(chunk_size=5000),
        editions.exclude(index_edition=None).values_list("index_edition__definition"),
        results.values_list(*_TOLD_OF_INDEX).iterator(chunk_size=5000),
        analyses.iterator(chunk_size=500),
    )


def _digest(*parts: Iterable) -> str:
    digest = hashlib.sha256()
    for part in parts:
        for row in part:
            digest.update(json.dumps(row, default=str, sort_keys=True).encode())
        digest.update(b"\0")
    return digest.hexdigest()
