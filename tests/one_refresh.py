"""A worker that wants an access token: it says when it is ready, waits for a line, and asks for one.

Arguments: the firm's and the connection's id. Prints the token's SHA-256, never the token.
"""

import hashlib
import sys

import django

django.setup()

from chancery.accounting.models import Connection  # noqa: E402 - Django comes first
from chancery.accounting.xero import tokens  # noqa: E402 - same reason
from chancery.lib import clock  # noqa: E402 - same reason
from chancery.tenancy.scope import firm_scope  # noqa: E402 - same reason

firm_id, connection_id = sys.argv[1:]
with firm_scope(firm_id):  # type: ignore[arg-type]  # a text is enough for the setting
    connection = Connection.objects.get(pk=connection_id)
sys.stdout.write("ready\n")
sys.stdout.flush()
sys.stdin.readline()
token = tokens.access_for(connection, clock.now())
sys.stdout.write(hashlib.sha256(token.reveal().encode()).hexdigest() + "\n")
