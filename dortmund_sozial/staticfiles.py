"""Static files with a content hash in their names, ES module imports rewritten along."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedStaticFilesStorage(CompressedManifestStaticFilesStorage):
    """WhiteNoise's compressed manifest storage that also rewrites `import ... from "./x.js"`."""

    support_js_module_import_aggregation = True
