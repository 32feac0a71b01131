"""Log lines for machines and people: one JSON object a line, ids only, never a name or a secret."""

import json
import logging
import sys
from datetime import UTC, datetime
from typing import TextIO

_OURS = "facts"


class OneJsonObject(logging.Formatter):
    """Write time, level, sentence and facts; a traceback where a bug was met."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the record as one line."""
        line = {
            "at": datetime.fromtimestamp(record.created, tz=UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "from": record.name,
            "said": record.getMessage(),
            **getattr(record, _OURS, {}),
        }
        if record.exc_info:
            line["traceback"] = self.formatException(record.exc_info)
        return json.dumps(line, default=str, ensure_ascii=False)


def set_up(stream: TextIO = sys.stderr) -> None:
    """Send all log lines of this process there; the HTTP client's own lines name addresses and stay out."""
    handler = logging.StreamHandler(stream)
    handler.setFormatter(OneJsonObject())
    logging.basicConfig(level=logging.INFO, handlers=[handler], force=True)
    for talkative in ("httpx2", "httpcore2", "httpcore", "psycopg", "psycopg.pool"):
        logging.getLogger(talkative).setLevel(logging.WARNING)


def facts(**known: object) -> dict[str, dict[str, object]]:
    """Return facts for a line: ``log.info("Took it.", extra=facts(message=id))``."""
    return {_OURS: known}
