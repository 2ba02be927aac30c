"""Records that the administration only shows."""


class ReadOnly:
    """For records that only the portal itself writes."""

    def has_add_permission(self, request, obj=None):
        """Nobody adds these by hand."""
        return False

    def has_change_permission(self, request, obj=None):
        """Nobody changes these by hand."""
        return False

    def has_delete_permission(self, request, obj=None):
        """Nobody deletes these by hand."""
        return False
