"""Compilations and the people who work on them."""

from django.contrib.auth.models import Group, User
from django.test import Client

from atlas.actions.compilation_runs import start_run
from atlas.actions.compilations import create_compilation
from atlas.models import Compilation
from atlas.reports import kinds
from atlas.reports.compilation import Compilation as Plan
from atlas.reports.compilation import Part
from atlas.reports.document import Paragraph, plain, walk

HOME = "/redaktion/berichte/zusammenstellungen/"
TWO_AREAS = Plan(
    "Sachstand zwei Gebiete",
    kind="Sachstandsbericht",
    parts=(
        Part("text", "Vorwort", "Guten Tag."),
        Part("profiles", "Lage", options={"areas": ["sozialraum/023", "sozialraum/021"]}),
    ),
)


def person(name: str, role: str = "Aktionsplan", **fields) -> User:
    """An account with a role; "" for none."""
    made = User.objects.create_user(name, **fields)
    made.groups.set(Group.objects.filter(name=role))
    return made


def as_client(user: User) -> Client:
    """A browser in which somebody is logged in."""
    client = Client()
    client.force_login(user)
    return client


def compilation(owner: User, plan: Plan = TWO_AREAS, *, is_shared: bool = False) -> Compilation:
    """A kept plan."""
    kept = create_compilation(plan=plan, user=owner)
    Compilation.objects.filter(pk=kept.pk).update(is_shared=is_shared)
    kept.refresh_from_db()
    return kept


def address(kept: Compilation, rest: str = "") -> str:
    """An address below the page of a compilation."""
    return f"{HOME}{kept.pk}/{rest}"


def hidden(page: str, name: str) -> str:
    """The value of a hidden input."""
    return page.split(f'name="{name}" value="')[1].split('"', maxsplit=1)[0]


def run_of(kept: Compilation, release, clerk: User, endings=("pdf",), language="de"):
    """A kept plan asked for on a release."""
    return start_run(kept=kept, release=release, language=language, endings=endings, user=clerk)


def document_of(run):
    """The tree of blocks that a run makes."""
    return kinds.make("compilation", run.data, release=run.release.slug)


def text_of(document) -> str:
    """All paragraphs of a document, one a line."""
    return "\n".join(plain(block.runs) for block in walk(document.blocks) if isinstance(block, Paragraph))
