"""Static files are collected when a source changed, and only then."""

import pytest

from dortmund_sozial import staticfiles


@pytest.fixture
def static_site(settings, tmp_path):
    source = tmp_path / "source"
    source.mkdir()
    (source / "a.css").write_text("body { color: black }")
    settings.STATICFILES_DIRS = [source]
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    settings.STATIC_ROOT = tmp_path / "collected"
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "dortmund_sozial.staticfiles.HashedStaticFilesStorage"}
    }
    return source


def test_collects_once_per_change(static_site, settings):
    assert staticfiles.collect_if_changed() is True
    assert staticfiles.collect_if_changed() is False
    (static_site / "a.css").write_text("body { color: navy }")
    assert staticfiles.collect_if_changed() is True
    collected = [path.read_text() for path in settings.STATIC_ROOT.glob("a.*.css")]
    assert collected == ["body { color: navy }"]


def test_interrupted_collection_is_repeated(static_site, settings):
    staticfiles.collect_if_changed()
    (settings.STATIC_ROOT / staticfiles.DIGEST_NAME).unlink()
    assert staticfiles.collect_if_changed() is True


def test_module_imports_follow_the_hash(static_site, settings):
    (static_site / "b.js").write_text("export const b = 1;\n")
    (static_site / "a.js").write_text('import { b } from "./b.js";\nconsole.log(b);\n')
    staticfiles.collect_if_changed()
    hashed = next(settings.STATIC_ROOT.glob("b.*.js")).name
    assert any(hashed in path.read_text() for path in settings.STATIC_ROOT.glob("a.*.js"))
