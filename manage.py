#!/usr/bin/env python3
"""Django's command line for 重点工作督查. A wrong setting is one sentence, not a traceback."""

import os
import sys


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "huangshi_tasks.settings")
    from huangshi_tasks.command_line import execute
    from huangshi_tasks.env import SettingError

    try:
        execute(sys.argv)
    except SettingError as error:
        print(error, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
