"""Reading across all apps: what one page or answer needs, as plain dataclasses. One file per page."""
