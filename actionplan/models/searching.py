"""Text as words are looked for in it, computed by the database."""

from django.db.models import Func, TextField

_ACCENTS = "äöüéèêëáàâãåíìîïóòôõúùûçñæøœ", "aoueeeeaaaaaiiiioooouuucnaoo"
_DIGRAPH = r"'(?<![aeq])([aou])e', '\1', 'g'"


class Folded(Func):
    """The form in which `areas.naming.fold` compares names: small letters, umlauts in all spellings, plain words.

    Immutable, so a column can be generated with it.
    """

    template = (
        "regexp_replace(regexp_replace(regexp_replace("
        f"translate(replace(lower(%(expressions)s), 'ß', 'ss'), '{_ACCENTS[0]}', '{_ACCENTS[1]}'), "
        f"{_DIGRAPH}), {_DIGRAPH}), '[^a-z0-9]+', ' ', 'g')"
    )
    output_field = TextField()
