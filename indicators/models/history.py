"""What values, the catalogue, releases and templates were before each change; no names of people are kept here."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from areas.history import history_of

from .composite import CompositeIndex, IndexComponent, IndexExclusion
from .dimension import Dimension
from .formula import Formula, FormulaTerm
from .indicator import Indicator, SeriesBreak
from .release import Release
from .screening import Screening, ScreeningCriterion
from .secrecy import SecrecyRule
from .typology import Typology, TypologyIndicator
from .upload import UploadTemplate
from .value import Value

ValueHistory = history_of(
    Value,
    name="ValueHistory",
    verbose_name=_("früherer Stand eines Wertes"),
    plural=_("frühere Stände der Werte"),
    indexes=[models.Index(fields=["indicator", "area", "period"], name="valuehistory_by_indicator")],
)
IndicatorHistory = history_of(
    Indicator,
    name="IndicatorHistory",
    verbose_name=_("früherer Stand eines Indikators"),
    plural=_("frühere Stände der Indikatoren"),
    exclude=["current_edition"],
)
SeriesBreakHistory = history_of(
    SeriesBreak,
    name="SeriesBreakHistory",
    verbose_name=_("früherer Stand eines Bruchs in der Reihe"),
    plural=_("frühere Stände der Brüche in den Reihen"),
)
FormulaHistory = history_of(
    Formula,
    name="FormulaHistory",
    verbose_name=_("früherer Stand einer Formel"),
    plural=_("frühere Stände der Formeln"),
)
FormulaTermHistory = history_of(
    FormulaTerm,
    name="FormulaTermHistory",
    verbose_name=_("früherer Stand eines Glieds einer Formel"),
    plural=_("frühere Stände der Glieder von Formeln"),
)
DimensionHistory = history_of(
    Dimension,
    name="DimensionHistory",
    verbose_name=_("früherer Stand einer Dimension"),
    plural=_("frühere Stände der Dimensionen"),
)
SecrecyRuleHistory = history_of(
    SecrecyRule,
    name="SecrecyRuleHistory",
    verbose_name=_("früherer Stand einer Regel zur Geheimhaltung"),
    plural=_("frühere Stände der Regeln zur Geheimhaltung"),
)
ReleaseHistory = history_of(
    Release,
    name="ReleaseHistory",
    verbose_name=_("früherer Text einer Veröffentlichung"),
    plural=_("frühere Texte der Veröffentlichungen"),
    fields=[
        "id",
        "slug",
        "title",
        "title_en",
        "notice",
        "notice_en",
        "kind",
        "status",
        "publish_at",
        "withdrawal_reason",
    ],
)
UploadTemplateHistory = history_of(
    UploadTemplate,
    name="UploadTemplateHistory",
    verbose_name=_("früherer Stand einer Vorlage"),
    plural=_("frühere Stände der Vorlagen"),
    exclude=["created_by"],
)
CompositeIndexHistory = history_of(
    CompositeIndex,
    name="CompositeIndexHistory",
    verbose_name=_("früherer Stand eines Index"),
    plural=_("frühere Stände der Indizes"),
)
IndexComponentHistory = history_of(
    IndexComponent,
    name="IndexComponentHistory",
    verbose_name=_("früherer Stand eines Indikators im Index"),
    plural=_("frühere Stände der Indikatoren im Index"),
)
IndexExclusionHistory = history_of(
    IndexExclusion,
    name="IndexExclusionHistory",
    verbose_name=_("früherer Stand einer Ausnahme vom Index"),
    plural=_("frühere Stände der Ausnahmen vom Index"),
)
TypologyHistory = history_of(
    Typology,
    name="TypologyHistory",
    verbose_name=_("früherer Stand einer Typologie"),
    plural=_("frühere Stände der Typologien"),
)
TypologyPartHistory = history_of(
    TypologyIndicator,
    name="TypologyPartHistory",
    verbose_name=_("früherer Indikator einer Typologie"),
    plural=_("frühere Indikatoren der Typologien"),
)
ScreeningHistory = history_of(
    Screening,
    name="ScreeningHistory",
    verbose_name=_("früherer Stand einer Regel „unter dem Durchschnitt“"),
    plural=_("frühere Stände der Regeln „unter dem Durchschnitt“"),
)
CriterionHistory = history_of(
    ScreeningCriterion,
    name="CriterionHistory",
    verbose_name=_("frühere Bedingung einer Regel"),
    plural=_("frühere Bedingungen der Regeln"),
)
