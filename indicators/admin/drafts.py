"""What belongs to a release can be changed until it is public."""

from indicators.models import Release


class DraftsOnly:
    """Records that can be changed and deleted one by one, and only until their release is published."""

    def release_of(self, obj) -> Release:
        """The release that a record belongs to."""
        raise NotImplementedError

    def has_change_permission(self, request, obj=None):
        """Published is published."""
        return super().has_change_permission(request, obj) and self._is_open(obj)

    def has_delete_permission(self, request, obj=None):
        """Published is published."""
        return super().has_delete_permission(request, obj) and self._is_open(obj)

    def get_actions(self, request):
        """No deleting in bulk: it could not tell drafts from what is published."""
        return {name: action for name, action in super().get_actions(request).items() if name != "delete_selected"}

    def _is_open(self, obj) -> bool:
        return obj is None or self.release_of(obj).status == Release.State.DRAFT
