"""Writers of the spreadsheets that reading is tested with."""
