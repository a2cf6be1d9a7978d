"""What holds from one start of this server to the next."""

import secrets

STARTED = secrets.token_hex(4)
"""Another at each start, so that a page can tell whether it still talks to the server it came from."""

instructor = ""
"""The path of the instructor's page, with the key to it, where this server has a room for a class; else empty."""
