"""All that a database consists of, as text that does not depend on numbers given by the server."""

# ruff: noqa: S608 - queries are put together from constants and from names of tables

from dataclasses import dataclass

# Each query answers lines of text. What belongs to an extension is left out, its version is not; so are functions of
# triggers that no trigger calls: removing a trigger leaves its function behind.
_OWN = """
    NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.classid = '{catalogue}'::regclass AND d.objid = {oid} AND d.deptype = 'e')
"""
_TABLES = f"""
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname = 'public' AND {_OWN.format(catalogue="pg_class", oid="c.oid")}
"""
STRUCTURE = {
    "extension": "SELECT extname || ' ' || extversion FROM pg_extension",
    "relation": f"SELECT format('%s kind %s, %s', c.relname, c.relkind, coalesce(c.reloptions::text, 'no options')) {_TABLES}",
    "column": f"""
        SELECT format('%s.%s %s%s%s%s%s', c.relname, a.attname, format_type(a.atttypid, a.atttypmod),
            CASE WHEN a.attnotnull THEN ' not null' END, ' identity ' || nullif(a.attidentity::text, ''),
            ' default ' || pg_get_expr(f.adbin, f.adrelid), ' collate ' || o.collname)
        FROM pg_attribute a
        JOIN (SELECT c.oid, c.relname {_TABLES} AND c.relkind IN ('r', 'p', 'v', 'm')) c ON c.oid = a.attrelid
        LEFT JOIN pg_attrdef f ON f.adrelid = a.attrelid AND f.adnum = a.attnum
        LEFT JOIN pg_collation o ON o.oid = a.attcollation
        WHERE a.attnum > 0 AND NOT a.attisdropped
    """,
    "constraint": f"""
        SELECT format('%s %s: %s%s', c.relname, k.conname, pg_get_constraintdef(k.oid),
            CASE WHEN NOT k.convalidated THEN ' not validated' END)
        FROM pg_constraint k JOIN (SELECT c.oid, c.relname {_TABLES}) c ON c.oid = k.conrelid
        WHERE k.contype <> 't'
    """,
    "index": f"""
        SELECT format('%s%s', pg_get_indexdef(i.indexrelid), CASE WHEN NOT i.indisvalid THEN ' not valid' END)
        FROM pg_index i JOIN (SELECT c.oid {_TABLES}) c ON c.oid = i.indrelid
    """,
    "trigger": f"""
        SELECT format('%s enabled %s: %s', pg_get_triggerdef(t.oid), t.tgenabled, obj_description(t.oid, 'pg_trigger'))
        FROM pg_trigger t JOIN (SELECT c.oid {_TABLES}) c ON c.oid = t.tgrelid WHERE NOT t.tgisinternal
    """,
    "function": f"""
        SELECT pg_get_functiondef(p.oid) FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
        WHERE n.nspname = 'public' AND {_OWN.format(catalogue="pg_proc", oid="p.oid")}
            AND (p.prorettype <> 'trigger'::regtype OR p.oid IN (SELECT tgfoid FROM pg_trigger))
    """,
    "sequence": """
        SELECT format('%s %s from %s by %s, %s to %s, cycle %s', sequencename, data_type, start_value, increment_by,
            min_value, max_value, cycle)
        FROM pg_sequences WHERE schemaname = 'public'
    """,
    "type": f"""
        SELECT format('%s %s', t.typname, t.typtype) FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace
        WHERE n.nspname = 'public' AND {_OWN.format(catalogue="pg_type", oid="t.oid")}
            AND NOT EXISTS (SELECT 1 FROM pg_type e WHERE e.typarray = t.oid)
    """,
    "rule": "SELECT definition FROM pg_rules WHERE schemaname = 'public'",
    "comment": f"""
        SELECT format('%s %s: %s', c.relname, d.objsubid, d.description)
        FROM pg_description d JOIN (SELECT c.oid, c.relname {_TABLES}) c ON c.oid = d.objoid
    """,
}
# Rows by name; the numbers of content types and permissions follow the order in which tables are made.
NAMED_ROWS = {
    # The steps leave two that nothing uses, for tables that Django makes between an edition and its files or periods.
    "django_content_type": """
        SELECT app_label || '.' || model FROM django_content_type
        WHERE model NOT IN ('indicatoredition_files', 'indicatoredition_periods')
    """,
    "auth_permission": """
        SELECT format('%s.%s %s: %s', t.app_label, t.model, p.codename, p.name)
        FROM auth_permission p JOIN django_content_type t ON t.id = p.content_type_id
    """,
    "auth_group": "SELECT name FROM auth_group",
    "auth_group_permissions": """
        SELECT format('%s may %s.%s', g.name, t.app_label, p.codename) FROM auth_group_permissions m
        JOIN auth_group g ON g.id = m.group_id JOIN auth_permission p ON p.id = m.permission_id
        JOIN django_content_type t ON t.id = p.content_type_id
    """,
    "areas_publicstate": "SELECT format('row %s', id) FROM areas_publicstate",
}
NOT_COMPARED = {"django_migrations"}


@dataclass(frozen=True)
class Snapshot:
    """What one database consists of: (kind, text) of every part, and the columns of each table in their order."""

    parts: frozenset[tuple[str, str]]
    order: dict[str, list[str]]


def take_snapshot(connection) -> Snapshot:
    """Read the catalogues and all rows of the database behind a Django connection."""
    parts = {(kind, text) for kind, query in STRUCTURE.items() for text in _texts(connection, query)}
    tables = _texts(connection, f"SELECT c.relname {_TABLES} AND c.relkind = 'r'")
    for table in set(tables) - NOT_COMPARED:
        query = NAMED_ROWS.get(table, f'SELECT to_jsonb(t)::text FROM "{table}" t')
        parts |= {(f"row of {table}", text) for text in _texts(connection, query)}
    columns = f"""
        SELECT c.relname, array_agg(a.attname::text ORDER BY a.attnum) FROM pg_attribute a
        JOIN (SELECT c.oid, c.relname {_TABLES} AND c.relkind = 'r') c ON c.oid = a.attrelid
        WHERE a.attnum > 0 AND NOT a.attisdropped GROUP BY c.relname
    """
    return Snapshot(parts=frozenset(parts), order=dict(_rows(connection, columns)))


def _texts(connection, query: str) -> list[str]:
    return [row[0] for row in _rows(connection, query)]


def _rows(connection, query: str) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(query)
        return cursor.fetchall()
