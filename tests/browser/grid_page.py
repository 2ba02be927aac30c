"""What tests of the grid share: accounts with a session, a draft that is removed afterwards, the cells of the page."""

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY, get_user_model
from django.contrib.auth.models import Group, Permission
from django.contrib.sessions.backends.db import SessionStore

from indicators.models import Edit, Release, ReleaseEvent, Value

INDICATOR = "transferleistungsquote"
ROLE = "Redaktion (Probe)"


def make_editor(name):
    """An account in a role that may edit values, without a password."""
    group, _created = Group.objects.get_or_create(name=ROLE)
    group.permissions.add(Permission.objects.get(codename="edit_values"))
    user = get_user_model().objects.create(username=name)
    user.groups.add(group)
    return user


def session_of(user):
    """The key of a new session of an account."""
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    return session.session_key


def log_in(context, server, user):
    """Give a browser context the session of an account."""
    context.add_cookies([{"name": "sessionid", "value": session_of(user), "url": server.url}])


def remove(release, *users):
    """Take a draft and accounts out of the city that all tests share."""
    Value.objects.filter(release=release).delete()
    Edit.objects.filter(release=release).delete()
    ReleaseEvent.objects.filter(release=release).delete()
    Release.objects.filter(pk=release.pk).delete()
    for user in users:
        user.delete()
    Group.objects.filter(name=ROLE).delete()


def address(release, level="sozialraum", extra=""):
    """Path of the grid of the indicator."""
    return f"/redaktion/raster/{INDICATOR}/?ebene={level}&entwurf={release.slug}{'&neu=' + extra if extra else ''}"


def cell(page, row, col):
    """The cell in a row and a column, both from 0."""
    return page.locator(f'[data-at="{row},{col}"]')


def text(page, row, col):
    """Number or sign of a cell."""
    return cell(page, row, col).locator(".grid-value").inner_text()


def paste(page, content):
    """Put text on the clipboard as a spreadsheet does, and press the keys for pasting."""
    page.evaluate("text => navigator.clipboard.writeText(text)", content)
    page.keyboard.press("Control+V")
