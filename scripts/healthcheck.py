"""Ask the portal in this container how it is: ends with 0 if /gesund/ answers 200, else with 1 and the reason."""

import os
import sys
from http.client import HTTPConnection, HTTPException


def main() -> int:
    """Ask on the port of BIND, by the first name in ALLOWED_HOSTS (any other name would be refused)."""
    port = int(os.environ.get("BIND", "127.0.0.1:8000").rpartition(":")[2])
    host = os.environ.get("ALLOWED_HOSTS", "").split(",")[0].strip().lstrip(".") or "127.0.0.1"
    connection = HTTPConnection("127.0.0.1", port, timeout=4)
    try:
        connection.request("GET", "/gesund/", headers={"Host": "localhost" if host == "*" else host})
        status = connection.getresponse().status
    except (OSError, HTTPException) as error:
        sys.stderr.write(f"no answer: {error}\n")
        return 1
    finally:
        connection.close()
    if status != 200:
        sys.stderr.write(f"/gesund/ answers {status}\n")
    return 0 if status == 200 else 1


if __name__ == "__main__":
    sys.exit(main())
