"""Words for typologies and rules, in German and English. Pure text, no Django."""

from collections.abc import Sequence

GERMAN, ENGLISH = "de", "en"
STRONG, SLIGHT = 1.0, 0.35  # standard deviations from which a profile is called clearly or somewhat different

_SEVERITY = (  # upper limits of the mean severity in standard deviations
    (-0.75, "deutlich günstiger als im Mittel", "clearly more favourable than the mean"),
    (-0.25, "etwas günstiger als im Mittel", "somewhat more favourable than the mean"),
    (0.25, "nahe am Mittel", "close to the mean"),
    (1.25, "ungünstiger als im Mittel", "less favourable than the mean"),
    (float("inf"), "besonders stark ausgeprägt", "particularly pronounced"),
)
_FIT = (  # upper limits of the silhouette
    (0.0, "läge näher bei einem anderen Cluster", "would lie nearer to another cluster"),
    (0.25, "am Rand", "at the edge"),
    (0.5, "passt", "fits"),
    (float("inf"), "passt gut", "fits well"),
)
_QUALITY = (  # Kaufman and Rousseeuw, Finding Groups in Data (1990), table 4
    (0.25, "kaum getrennt", "hardly separate"),
    (0.5, "schwach getrennt, die Übergänge sind fließend", "weakly separate, with smooth transitions"),
    (0.7, "gut getrennt", "well separated"),
    (float("inf"), "sehr gut getrennt", "very well separated"),
)


def severity_words(severity: float, language: str) -> str:
    """How severe conditions are in a cluster.

    >>> severity_words(2.0, "de")
    'besonders stark ausgeprägt'
    """
    return _word(_SEVERITY, severity, language)


def fit_words(silhouette: float, language: str) -> str:
    """How well an area fits its cluster.

    >>> fit_words(-0.1, "en")
    'would lie nearer to another cluster'
    """
    return _word(_FIT, silhouette, language)


def quality_words(silhouette: float, language: str) -> str:
    """How well clusters are separated on the whole.

    >>> quality_words(0.37, "de")
    'schwach getrennt, die Übergänge sind fließend'
    """
    return _word(_QUALITY, silhouette, language)


def height_words(z: float, language: str) -> str:
    """How far a mean lies from that of all areas.

    >>> height_words(-1.2, "de"), height_words(0.1, "en")
    ('deutlich niedriger', 'close to the mean')
    """
    german = language != ENGLISH
    if abs(z) < SLIGHT:
        return "nahe am Mittel" if german else "close to the mean"
    side = (("höher", "niedriger") if german else ("higher", "lower"))[z < 0]
    if abs(z) < STRONG:
        return f"etwas {side}" if german else f"somewhat {side}"
    return f"deutlich {side}" if german else f"clearly {side}"


def profile_sentence(profile: Sequence[float], names: Sequence[str], language: str) -> str:
    """One sentence about what marks a cluster: its clearly different indicators, else the somewhat different ones.

    >>> profile_sentence([2.0, -0.1], ["Quote", "Alter"], "de")
    'Deutlich höher als im Mittel: Quote.'
    """
    strong = {s: [n for z, n in zip(profile, names, strict=True) if s * z >= STRONG] for s in (1, -1)}
    slight = {s: [n for z, n in zip(profile, names, strict=True) if s * z >= SLIGHT] for s in (1, -1)}
    german = language != ENGLISH
    chosen, how = (strong, _HOW[german][0]) if any(strong.values()) else (slight, _HOW[german][1])
    parts = [f"{how[s == -1]}: {', '.join(found)}" for s, found in chosen.items() if found]
    if not parts:
        return "Alle Merkmale liegen nahe am Mittel." if german else "All characteristics lie close to the mean."
    text = "; ".join(parts)
    return f"{text[:1].upper()}{text[1:]}."


_HOW = {
    True: (
        ("deutlich höher als im Mittel", "deutlich niedriger als im Mittel"),
        ("etwas höher als im Mittel", "etwas niedriger als im Mittel"),
    ),
    False: (
        ("clearly higher than the mean", "clearly lower than the mean"),
        ("somewhat higher than the mean", "somewhat lower than the mean"),
    ),
}


def listed(names: Sequence[str], language: str) -> str:
    """Names in a row with "und" before the last.

    >>> listed(["A", "B", "C"], "de")
    'A, B und C'
    """
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} {'and' if language == ENGLISH else 'und'} {names[-1]}"


def _word(table: Sequence[tuple[float, str, str]], number: float, language: str) -> str:
    row = next(row for row in table if number < row[0])
    return row[2 if language == ENGLISH else 1]
