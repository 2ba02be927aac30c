"""Database triggers shared by all apps, so that bulk and raw SQL writes are covered too."""

import pgtrigger


def counts_as_public() -> pgtrigger.Trigger:
    """Count up the public state after any statement that changes a table readers see."""
    return pgtrigger.Trigger(
        name="changes_public_state",
        level=pgtrigger.Statement,
        when=pgtrigger.After,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete | pgtrigger.Truncate,
        func="UPDATE areas_publicstate SET version = version + 1, changed_at = now() WHERE id = 1; RETURN NULL;",
    )


def never_emptied(where: str) -> pgtrigger.Trigger:
    """Refuse TRUNCATE, which asks no trigger on rows, also when another table takes this one along (CASCADE).

    `where` is a query that finds a row as long as something is public. Tests empty tables with `pgtrigger.ignore()`.
    """
    return pgtrigger.Trigger(
        name="never_emptied",
        level=pgtrigger.Statement,
        when=pgtrigger.Before,
        operation=pgtrigger.Truncate,
        func=f"""
            IF EXISTS ({where}) THEN
                RAISE EXCEPTION 'Was veröffentlicht ist, wird nicht geleert (%).', TG_TABLE_NAME
                    USING ERRCODE = 'restrict_violation';
            END IF;
            RETURN NULL;
        """,
    )


def bytes_stay() -> pgtrigger.Trigger:
    """A published file keeps its name, its bytes and its address as long as a release that has it is public.

    Only when all of them are withdrawn (`indicators` knows) it may stop being public.
    """
    return pgtrigger.Trigger(
        name="bytes_stay",
        when=pgtrigger.Before,
        operation=pgtrigger.Update,
        condition=pgtrigger.Condition(
            "OLD.name <> NEW.name OR OLD.digest <> NEW.digest OR OLD.plain <> NEW.plain OR OLD.gzip <> NEW.gzip "
            "OR OLD.content_type <> NEW.content_type OR (OLD.is_public AND NOT NEW.is_public)"
        ),
        func="""
            IF OLD.plain = NEW.plain AND OLD.gzip = NEW.gzip AND OLD.name = NEW.name AND OLD.digest = NEW.digest
                AND OLD.content_type = NEW.content_type AND NOT NEW.is_public AND NOT NEW.is_current
                AND EXISTS (SELECT 1 FROM indicators_indicatoredition_files f WHERE f.publishedfile_id = OLD.id)
                AND NOT EXISTS (
                    SELECT 1 FROM indicators_indicatoredition_files f
                    JOIN indicators_indicatoredition e ON e.id = f.indicatoredition_id
                    JOIN indicators_release r ON r.id = e.release_id
                    WHERE f.publishedfile_id = OLD.id AND r.published_at IS NOT NULL AND r.withdrawn_at IS NULL
                ) THEN RETURN NEW;
            END IF;
            RAISE EXCEPTION 'Eine veröffentlichte Datei wird nicht mehr geändert (%).', OLD.name
                USING ERRCODE = 'restrict_violation';
        """,
    )
