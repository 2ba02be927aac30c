"""Profiles and map sheets as beginnings of own compilations; as documents of their own they need no compilation."""

from collections.abc import Mapping
from typing import Any

from atlas.reports.compilation import Compilation, Part
from atlas.reports.sections import maps, profiles
from atlas.reports.template import Template


def _profiles(options: Mapping[str, Any]) -> Compilation:
    return Compilation(title=str(profiles.LABEL), parts=(Part("profiles", options=dict(options)), Part("notes")))


def _maps(options: Mapping[str, Any]) -> Compilation:
    return Compilation(title=str(maps.LABEL), parts=(Part("maps", options=dict(options)), Part("notes")))


PROFILES = Template("profile", profiles.LABEL, profiles.SECTION.purpose, _profiles, profiles.SECTION.options)
MAPS = Template("karten", maps.LABEL, maps.MAPS.purpose, _maps, maps.MAPS.options)
