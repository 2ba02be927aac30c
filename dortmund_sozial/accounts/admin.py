"""Pages of the administration for accounts, roles and tokens.

The administration hands out roles but not its own, and nobody but a superuser makes or changes a superuser.
"""

from typing import Any

from allauth.mfa.models import Authenticator
from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import User
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from .actions import confirm_address, forget_second_factor
from .roles import ROLES
from .token_model import ApiToken
from .tokens import make_token

ROLE_NAMES = frozenset(role.name for role in ROLES)


class AccountAdmin(UserAdmin):
    """Accounts: name, address, roles; second factor shown, and taken away when a telephone is lost."""

    list_display = ["username", "shown_name", "email", "roles", "has_second_factor", "is_active", "last_login"]
    list_filter = ["groups", "is_active", "is_staff"]
    actions = ["reset_second_factor"]
    filter_horizontal = []
    fieldsets = [
        (None, {"fields": ["username", "password"]}),
        (_("Person"), {"fields": ["first_name", "last_name", "email"]}),
        (_("Rollen"), {"fields": ["is_active", "is_staff", "groups"]}),
        (_("Zeiten"), {"fields": ["last_login", "date_joined"]}),
    ]
    add_fieldsets = [
        (None, {"fields": ["username", "email", "usable_password", "password1", "password2"]}),
    ]

    def get_fieldsets(self, request: HttpRequest, obj: User | None = None) -> list:
        """Superusers see the mark of superusers as well."""
        fieldsets = super().get_fieldsets(request, obj)
        if obj is None or not request.user.is_superuser:
            return fieldsets
        return [*fieldsets, (_("Alle Rechte"), {"fields": ["is_superuser"]})]

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> list[str]:
        """Times are facts; own roles are given by somebody else."""
        own = ["groups", "is_active", "is_staff"] if obj == request.user and not request.user.is_superuser else []
        return ["last_login", "date_joined", *own]

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """Superusers are changed by superusers."""
        return super().has_change_permission(request, obj) and (
            request.user.is_superuser or obj is None or not obj.is_superuser
        )

    def get_form(self, request: HttpRequest, obj: User | None = None, **kwargs: Any) -> type:
        """Django has no German words for what stands below the password."""
        form = super().get_form(request, obj, **kwargs)
        if obj is not None and "password" in form.base_fields:
            form.base_fields["password"].help_text = _("Niemand kann das Kennwort sehen; Sie können ein neues setzen.")
        return form

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """A handful of roles is ticked."""
        field = super().formfield_for_manytomany(db_field, request, **kwargs)
        if db_field.name == "groups":
            field.widget, field.label = forms.CheckboxSelectMultiple(choices=field.choices), _("Rollen")
            field.help_text = _("Was jede Rolle darf, steht in docs/roles.md.")
        return field

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        """Roles and second factors of the whole list in two queries."""
        factors = Authenticator.objects.filter(user=OuterRef("pk"))
        return super().get_queryset(request).prefetch_related("groups").annotate(factor=Exists(factors))

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        """The address is the one that single sign-on and forgotten passwords go by."""
        super().save_model(request, obj, form, change)
        confirm_address(obj)

    @admin.display(description=_("Name"), ordering="last_name")
    def shown_name(self, user: User) -> str:
        """First and last name."""
        return user.get_full_name()

    @admin.display(description=_("Rollen"))
    def roles(self, user: User) -> str:
        """Names of the groups."""
        return ", ".join(group.name for group in user.groups.all())

    @admin.display(description=_("zweiter Faktor"), boolean=True, ordering="factor")
    def has_second_factor(self, user: User) -> bool:
        """Whether one is set up."""
        return user.factor

    @admin.action(description=_("Zweiten Faktor entfernen (Telefon oder Schlüssel verloren)"), permissions=["change"])
    def reset_second_factor(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        """Let people set up a new one at their next login."""
        allowed = [user for user in queryset if self.has_change_permission(request, user)]
        for user in allowed:
            forget_second_factor(user)
            self.log_change(request, user, str(_("Zweiter Faktor entfernt.")))
        told = ngettext("Bei %(count)s Konto entfernt.", "Bei %(count)s Konten entfernt.", len(allowed))
        self.message_user(request, told % {"count": len(allowed)}, messages.SUCCESS)


class RoleAdmin(GroupAdmin):
    """Groups: the portal's roles are shown and kept as they are, groups of the operator's own can be made."""

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """`migrate` gives the roles what accounts/roles.py says; a change here would be lost."""
        return super().has_change_permission(request, obj) and (obj is None or obj.name not in ROLE_NAMES)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Roles stay."""
        return super().has_delete_permission(request, obj) and (obj is None or obj.name not in ROLE_NAMES)


class TokenForm(forms.ModelForm):
    """For whom, what for, how long."""

    days = forms.IntegerField(label=_("Gültig für wie viele Tage"), min_value=1, initial=90)

    class Meta:
        model = ApiToken
        fields = ["user", "name"]
        labels = {"user": _("Konto")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["days"].max_value = settings.API_TOKEN_MAX_DAYS
        self.fields["user"].queryset = User.objects.filter(is_active=True).order_by("username")

    def clean_days(self) -> int:
        """No longer than the setting allows."""
        days = self.cleaned_data["days"]
        if days > settings.API_TOKEN_MAX_DAYS:
            raise forms.ValidationError(_("Höchstens %(most)s Tage.") % {"most": settings.API_TOKEN_MAX_DAYS})
        return days


class TokenAdmin(admin.ModelAdmin):
    """Tokens: made and shown once, listed by name, taken back by deleting."""

    form = TokenForm
    list_display = ["name", "account", "made", "ends"]
    list_select_related = ["user"]
    search_fields = ["name", "user__username"]

    def has_change_permission(self, request: HttpRequest, obj: ApiToken | None = None) -> bool:
        """A token is never changed."""
        return False

    def save_model(self, request: HttpRequest, obj: ApiToken, form: TokenForm, change: bool) -> None:
        """Make the token; its text lives until the answer is written."""
        made, request.token_text = make_token(user=obj.user, name=obj.name, days=form.cleaned_data["days"])
        obj.__dict__.update(made.__dict__)

    def response_add(self, request: HttpRequest, obj: ApiToken, post_url_continue: str | None = None) -> HttpResponse:
        """Show the token instead of leading back to the list."""
        context = self.admin_site.each_context(request) | {"token": obj, "text": request.token_text, "opts": self.opts}
        response = render(request, "admin/token_made.html", context | {"title": _("Zugangsschlüssel angelegt")})
        response.headers["Cache-Control"] = "no-store"
        return response

    @admin.display(description=_("Konto"), ordering="user__username")
    def account(self, token: ApiToken) -> str:
        """Whose permissions it has."""
        return token.user.get_username()

    @admin.display(description=_("Angelegt"), ordering="created")
    def made(self, token: ApiToken) -> Any:
        """When it was made."""
        return token.created

    @admin.display(description=_("Gilt bis"), ordering="expiry")
    def ends(self, token: ApiToken) -> Any:
        """When it ends."""
        return token.expiry
