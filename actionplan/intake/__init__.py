"""Reading projects and payments from a spreadsheet; nothing here stores. Files are opened by `indicators.intake`."""
