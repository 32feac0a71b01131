"""Which workers live: each writes its beat, and anyone may ask when the last one did."""

from datetime import datetime, timedelta
from uuid import UUID

from chancery.lib import ids
from chancery.outbox.models import WorkerBeat as WorkerBeat

SILENT_AFTER = timedelta(seconds=60)
_KEPT = timedelta(days=7)


def born(*, host: str, process: int, at: datetime) -> WorkerBeat:
    """Return a new worker's beat; nothing is written before its first."""
    return WorkerBeat(id=ids.new(), host=host[:120], process=process, started_at=at, beat_at=at)


def beat(beat: WorkerBeat, *, at: datetime) -> None:
    """Write that this worker lives."""
    beat.beat_at = at
    WorkerBeat.objects.bulk_create(
        [beat],
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=["beat_at"],
    )


def stop(worker_id: UUID, *, at: datetime) -> None:
    """Write that this worker ended of its own will, and forget those that did long ago."""
    WorkerBeat.objects.filter(pk=worker_id).update(stopped_at=at, beat_at=at)
    WorkerBeat.objects.filter(beat_at__lt=at - _KEPT).delete()


def last_beat() -> datetime | None:
    """Return when any worker last said that it lives."""
    return WorkerBeat.objects.order_by("-beat_at").values_list("beat_at", flat=True).first()


def is_anyone_working(*, at: datetime) -> bool:
    """Return whether some worker lives now."""
    alive = WorkerBeat.objects.filter(beat_at__gt=at - SILENT_AFTER, stopped_at__isnull=True)
    return alive.exists()
