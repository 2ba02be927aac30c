"""What actions on releases refuse; the messages are for planners."""


class PublishingError(Exception):
    """A release that cannot be published."""


class WorkflowError(PublishingError):
    """A step that a release cannot take now, or not with this person."""
