"""Tables of the project itself: tokens of the interface."""

from .accounts.token_model import ApiToken

__all__ = ["ApiToken"]
