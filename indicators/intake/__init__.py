"""Reading and checking the spreadsheets that a city delivers; nothing here stores."""
