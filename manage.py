#!/usr/bin/env python
"""Django's command line, with the development settings unless told otherwise."""

import os
import sys

from dortmund_sozial.recording import CommandLine

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dortmund_sozial.settings.development")
    CommandLine(sys.argv).execute()
