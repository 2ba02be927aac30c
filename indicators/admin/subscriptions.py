"""Subscriptions to news by mail in the administration: for those who ask what is stored about them, or want it gone."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from indicators.models import Subscription


@admin.register(Subscription)
class SubscriptionAdmin(admin.ModelAdmin):
    """Found by address, deleted on request; nobody is subscribed or changed from here."""

    list_display = ["email", "indicator", "level", "area_code", "language", "created_at", "confirmed_at"]
    list_filter = [("confirmed_at", admin.EmptyFieldListFilter), "language"]
    list_select_related = ["indicator", "level"]
    search_fields = ["email"]
    search_help_text = _("E-Mail-Adresse")

    def has_add_permission(self, request):
        """Only the owner of an address subscribes it."""
        return False

    def has_change_permission(self, request, obj=None):
        """Looking, not changing."""
        return False
