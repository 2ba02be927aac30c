#!/usr/bin/env python
"""Django's command line, with the development settings unless told otherwise."""

import os
import sys

from django.core.management import execute_from_command_line

from dortmund_sozial.recording import recorded_command

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dortmund_sozial.settings.development")
    with recorded_command(sys.argv):
        execute_from_command_line(sys.argv)
