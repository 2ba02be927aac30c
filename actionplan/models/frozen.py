"""What the database itself refuses about programmes: a version that was published never changes."""

import pgtrigger

_REFUSED = "USING ERRCODE = 'restrict_violation'"

_VERSION = f"""
    IF TG_OP <> 'INSERT' AND OLD.published_on IS NOT NULL THEN
        RAISE EXCEPTION 'Fassung % ist veröffentlicht und bleibt, wie sie ist. Legen Sie eine neue an.', OLD.number
            {_REFUSED};
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    IF NEW.published_on IS NOT NULL
        AND (SELECT state FROM actionplan_actionprogramme WHERE id = NEW.programme_id FOR SHARE) = 'draft' THEN
        RAISE EXCEPTION 'Ein Entwurf wird nicht veröffentlicht: Setzen Sie zuerst den Zustand des Programms.'
            {_REFUSED};
    END IF;
    RETURN NEW;
"""  # noqa: S608 - nothing of it comes from outside

_PART = f"""
    IF EXISTS (
        SELECT 1 FROM actionplan_programmeversion
         WHERE published_on IS NOT NULL
           AND id IN (CASE WHEN TG_OP = 'INSERT' THEN NEW.version_id ELSE OLD.version_id END,
                      CASE WHEN TG_OP = 'DELETE' THEN OLD.version_id ELSE NEW.version_id END)
    ) THEN
        RAISE EXCEPTION 'Die Fassung ist veröffentlicht und bleibt, wie sie ist. Legen Sie eine neue an.' {_REFUSED};
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
"""  # noqa: S608 - nothing of it comes from outside

_PROGRAMME = f"""
    IF EXISTS (
        SELECT 1 FROM actionplan_programmeversion WHERE programme_id = OLD.id AND published_on IS NOT NULL
    ) THEN
        RAISE EXCEPTION 'Eine Fassung ist veröffentlicht: Gebiet und Kennung bleiben, es wird nicht wieder Entwurf.'
            {_REFUSED};
    END IF;
    RETURN NEW;
"""  # noqa: S608 - nothing of it comes from outside

PUBLISHED = "SELECT 1 FROM actionplan_programmeversion WHERE published_on IS NOT NULL"
_EVERY_WRITE = pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete


def published_versions_stay() -> pgtrigger.Trigger:
    """A published version is neither changed nor deleted; a draft programme publishes none."""
    return pgtrigger.Trigger(
        name="published_versions_stay", when=pgtrigger.Before, operation=_EVERY_WRITE, func=_VERSION
    )


def parts_of_published_versions_stay() -> pgtrigger.Trigger:
    """Goals, measures and milestones of a published version are neither added, changed nor deleted."""
    return pgtrigger.Trigger(
        name="parts_of_published_versions_stay", when=pgtrigger.Before, operation=_EVERY_WRITE, func=_PART
    )


def a_published_programme_keeps_its_address() -> pgtrigger.Trigger:
    """A programme with a published version keeps slug and area and does not become a draft again."""
    return pgtrigger.Trigger(
        name="a_published_programme_keeps_its_address",
        when=pgtrigger.Before,
        operation=pgtrigger.Update,
        condition=pgtrigger.Condition(
            "OLD.slug <> NEW.slug OR OLD.action_area_id <> NEW.action_area_id "
            "OR (OLD.state <> 'draft' AND NEW.state = 'draft')"
        ),
        func=_PROGRAMME,
    )
