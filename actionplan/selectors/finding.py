"""Finding projects and council papers by words, however somebody spells them."""

from django.db.models import Case, QuerySet, TextField, Value, When
from django.db.models.functions import Concat

from actionplan.models import CouncilPaper, Project
from actionplan.models.searching import Folded
from areas.naming import fold

MOST_WORDS = 6


def find_projects(query: str, *, limit: int) -> list[Project]:
    """Projects with all words, those with the first word in their title before the others. 1 query."""
    return _found(Project.objects.defer("words"), "title", query, limit) if fold(query) else []


def find_papers(query: str, *, limit: int) -> list[CouncilPaper]:
    """Papers with all words in number, title or what they are about; number and title first. 1 query."""
    if not fold(query):
        return []
    told = Concat("number", Value(" "), "title", output_field=TextField())
    words = Folded(Concat(told, Value(" "), "summary", output_field=TextField()))
    return _found(CouncilPaper.objects.alias(words=words), told, query, limit)


def _found(found: QuerySet, first, query: str, limit: int) -> list:
    words = fold(query).split()[:MOST_WORDS]
    for word in words:
        found = found.filter(words__contains=word)
    named = Case(When(told__contains=words[0], then=0), default=1)
    return list(found.alias(told=Folded(first)).order_by(named, "title", "pk")[:limit])
