"""What all answers of the public interface have in common: kept until public data change, readable from anywhere."""

from collections.abc import Callable, Sequence
from functools import wraps

from django.http import HttpRequest, HttpResponse
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, OpenApiTypes
from rest_framework.decorators import api_view
from rest_framework.exceptions import NotFound, ValidationError

from atlas.asked import AskedWrongly, only
from atlas.pages import public_page


def open_answer(*parameters: str) -> Callable:
    """A read-only answer to these query parameters, kept (with an ETag) and readable by scripts of other sites.

    Answers about a certain day (`on`) are computed each time: there are more days than memory. Unknown parameters
    are refused, so that nobody believes they had an effect.
    """

    def decorate(view: Callable) -> Callable:
        plain = _rendered(_told_plainly(view, parameters))
        kept = public_page(plain, reads=parameters)

        @wraps(plain)
        def answered(request: HttpRequest, *args, **kwargs) -> HttpResponse:
            is_kept = "on" not in request.GET and set(request.GET) <= set(parameters)
            return (kept if is_kept else plain)(request, *args, **kwargs)

        return _readable_anywhere(answered)

    return decorate


def fresh_answer(*parameters: str) -> Callable:
    """The same, but never kept: for questions that tell something about the person who asks."""

    def decorate(view: Callable) -> Callable:
        return _never_stored(_readable_anywhere(_rendered(_told_plainly(view, parameters))))

    return decorate


def kept_answer(view: Callable) -> Callable:
    """A DRF view as it is, kept and readable from anywhere."""
    return _readable_anywhere(public_page(_rendered(view)))


def _told_plainly(view: Callable, parameters: Sequence[str]) -> Callable:
    """A read-only DRF view whose unusable parameters are answered with name, found and expected."""

    @api_view(["GET", "HEAD"])
    @wraps(view)
    def answered(request, *args, **kwargs):
        try:
            only(request.GET, parameters)
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
