"""What all answers of the public interface have in common: kept until public data change, readable from anywhere."""

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, OpenApiTypes
from rest_framework.decorators import api_view
from rest_framework.exceptions import NotFound, ValidationError

from atlas.asked import AskedWrongly
from atlas.pages import public_page


def open_answer(view: Callable) -> Callable:
    """A read-only answer that is kept (with an ETag) and may be read by scripts of other sites."""
    return kept_answer(_told_plainly(view))


def kept_answer(view: Callable) -> Callable:
    """A DRF view as it is, kept and readable from anywhere."""
    return _readable_anywhere(public_page(_rendered(view)))


def fresh_answer(view: Callable) -> Callable:
    """The same, but never kept: for questions that tell something about the person who asks."""
    return _never_stored(_readable_anywhere(_rendered(_told_plainly(view))))


def _told_plainly(view: Callable) -> Callable:
    """A read-only DRF view whose unusable parameters are answered with name, found and expected."""

    @api_view(["GET", "HEAD"])
    @wraps(view)
    def answered(request, *args, **kwargs):
        try:
            return view(request, *args, **kwargs)
        except AskedWrongly as wrong:
            raise ValidationError(
                {
                    "detail": str(wrong),
                    "parameter": wrong.parameter,
                    "found": wrong.found[:200],
                    "expected": wrong.expected,
                }
            ) from wrong

    return answered


def no_such_thing(detail: str) -> NotFound:
    """404 with a sentence."""
    return NotFound({"detail": detail})


def _rendered(view: Callable) -> Callable:
    @wraps(view)
    def answered(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        return view(request, *args, **kwargs).render()

    return answered


def _readable_anywhere(view: Callable) -> Callable:
    @wraps(view)
    def answered(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response["Access-Control-Allow-Origin"] = "*"
        return response

    return answered


def _never_stored(view: Callable) -> Callable:
    @wraps(view)
    def answered(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response["Cache-Control"] = "no-store"
        return response

    return answered


def parameter(name: str, description: str, *, required: bool = False, example: str = "") -> OpenApiParameter:
    """A query parameter for the OpenAPI description."""
    examples = [OpenApiExample(example, value=example)] if example else []
    return OpenApiParameter(name, OpenApiTypes.STR, description=description, required=required, examples=examples)
