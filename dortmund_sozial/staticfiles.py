"""Static files with a content hash in their names, ES module imports rewritten along."""

from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.contrib.staticfiles.storage import ManifestFilesMixin, staticfiles_storage
from django.core.management import call_command
from whitenoise.storage import CompressedManifestStaticFilesStorage

DIGEST_NAME = "sources.sha256"


class HashedStaticFilesStorage(CompressedManifestStaticFilesStorage):
    """WhiteNoise's compressed manifest storage that also rewrites `import ... from "./x.js"`."""

    support_js_module_import_aggregation = True


def sources_digest() -> str:
    """Hex digest over names and bytes of all static sources and over the code that turns them into files."""
    digest = sha256(Path(__file__).read_bytes())
    digest.update(f"django {version('django')} whitenoise {version('whitenoise')} {settings.STATIC_URL}".encode())
    for finder in get_finders():
        for name, storage in sorted(finder.list([]), key=lambda found: found[0]):
            digest.update(f"\0{name}\0".encode())
            with storage.open(name) as file:
                digest.update(file.read())
    return digest.hexdigest()


def collect_if_changed() -> bool:
    """Run collectstatic if the storage hashes names and any source differs from the last run; True if it ran."""
    if not isinstance(staticfiles_storage, ManifestFilesMixin):
        return False
    stamp = Path(settings.STATIC_ROOT) / DIGEST_NAME
    digest = sources_digest()
    if stamp.is_file() and stamp.read_text(encoding="ascii") == digest:
        return False
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    stamp.write_text(digest, encoding="ascii")
    return True
