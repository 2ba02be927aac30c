"""How a period is written, depending on what an indicator refers to."""

from django.utils.translation import get_language


def period_label(code: str, reference: str) -> str:
    """`2018` as reference day, year, September or school year, in the language of the request.

    Neutral enough for published files, which are shared by both languages: only digits and the month vary.
    """
    if not (code.isascii() and code.isdecimal()):
        return code
    if reference == "year_end":
        return f"31.12.{code}" if get_language() != "en" else f"31 Dec {code}"
    if reference == "september":
        return f"September {code}"
    if reference == "school_year":
        return f"{code}/{(int(code) + 1) % 100:02d}"
    return code
