"""The start of this server, by which a page can tell whether it still talks to the one it came from."""

import secrets

STARTED = secrets.token_hex(4)
"""Another at each start."""
