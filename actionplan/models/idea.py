"""Ideas that citizens send in: no name is asked, and the sender can take everything back.

Nothing here keeps a history of its own: what its sender deletes is gone (docs/ideas-and-applications.md).
"""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from areas.models import Area

from .field import FieldOfAction
from .idea_triggers import counts_where_a_project_names_it, moves_the_idea_on, state_is_told_by_steps
from .project import Project
from .triggers import only_added


class Idea(models.Model):
    """One idea. Its sender comes back by a secret address of which only a digest is stored.

    `title` and `text` stay as they were sent; `public_title` and `public_text` are what readers see.
    """

    class State(models.TextChoices):
        RECEIVED = "received", _("eingegangen")
        IN_REVIEW = "in_review", _("in Prüfung")
        PUBLISHED = "published", _("veröffentlicht")
        REFUSED = "refused", _("nicht veröffentlicht")
        PROJECT = "project", _("wurde ein Projekt")

    token_digest = models.CharField(max_length=64, unique=True, editable=False)
    area = models.ForeignKey(
        Area, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Gebiet"),
        help_text=_("leer: für die ganze Stadt"),
    )  # fmt: skip
    field = models.ForeignKey(
        FieldOfAction, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Handlungsfeld")
    )
    title = models.CharField(_("Titel"), max_length=120)
    text = models.TextField(_("Idee"), max_length=3000)
    public_title = models.CharField(_("Titel, wie er veröffentlicht ist"), max_length=120, blank=True)
    public_text = models.TextField(_("Text, wie er veröffentlicht ist"), max_length=3000, blank=True)
    state = models.CharField(_("Stand"), max_length=10, choices=State, blank=True, editable=False)
    project = models.ForeignKey(
        Project, models.PROTECT, null=True, blank=True, related_name="ideas", verbose_name=_("Projekt")
    )
    language = models.CharField(_("Sprache"), max_length=5, default="de")
    created_at = models.DateTimeField(_("Eingegangen"), auto_now_add=True)

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = _("Idee")
        verbose_name_plural = _("Ideen")
        default_permissions = ("view",)
        permissions = [("decide_idea", _("Kann über Ideen entscheiden"))]
        triggers = [state_is_told_by_steps(), counts_where_a_project_names_it()]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state__in=["published", "project"]) | (~Q(public_title="") & ~Q(public_text="")),
                name="a_published_idea_has_words_for_the_public",
            ),
            models.CheckConstraint(
                condition=~Q(state="project") | Q(project__isnull=False), name="an_idea_that_became_a_project_names_it"
            ),
        ]
        indexes = [models.Index(fields=["state", "-created_at"], name="ideas_by_state")]

    def __str__(self):
        return self.title

    @property
    def is_shortened(self) -> bool:
        """Whether readers see other words than those that were sent."""
        return bool(self.public_text) and (self.public_title, self.public_text) != (self.title, self.text)


class IdeaContact(models.Model):
    """The mail address of a sender who wants to hear what becomes of the idea; used for nothing else."""

    idea = models.OneToOneField(Idea, models.CASCADE, related_name="contact", verbose_name=_("Idee"))
    email = models.EmailField(_("E-Mail"))
    asked_at = models.DateTimeField(_("Angefragt"), auto_now_add=True)
    confirmed_at = models.DateTimeField(_("Bestätigt"), null=True, blank=True)

    class Meta:
        verbose_name = _("Adresse zu einer Idee")
        verbose_name_plural = _("Adressen zu Ideen")
        default_permissions = ()

    def __str__(self):
        return str(self.idea_id)


class IdeaStep(models.Model):
    """What was decided about an idea, when and by whom; added, never changed, gone only with the idea itself."""

    idea = models.ForeignKey(Idea, models.CASCADE, related_name="steps", verbose_name=_("Idee"))
    kind = models.CharField(_("Schritt"), max_length=10, choices=Idea.State)
    reason = models.TextField(_("Begründung"), max_length=1000, blank=True)
    is_shortened = models.BooleanField(_("gekürzt"), default=False)
    at = models.DateTimeField(_("Zeitpunkt"), auto_now_add=True)
    role = models.CharField(_("Rolle"), max_length=80, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )

    class Meta:
        ordering = ["idea", "pk"]
        verbose_name = _("Entscheidung über eine Idee")
        verbose_name_plural = _("Entscheidungen über Ideen")
        default_permissions = ()
        triggers = [*only_added(), moves_the_idea_on()]
        constraints = [
            models.CheckConstraint(condition=~Q(kind="refused") | ~Q(reason=""), name="a_refusal_says_why"),
        ]

    def __str__(self):
        return f"{self.idea_id}: {self.kind}"
