"""Messages to deliver, every attempt made, and the lanes that bound how fast the world is called."""

from django.db import models

from chancery.tenancy.models import FirmOwned


class MessageState(models.TextChoices):
    """Where a message stands; from done on it stays there until it is let go or a person acts."""

    QUEUED = "queued", "Queued"
    IN_FLIGHT = "in_flight", "On its way"
    DONE = "done", "Done"
    NEEDS_PERSON = "needs_person", "Needs you"
    WITHDRAWN = "withdrawn", "Withdrawn"
    HELD = "held", "Held"


class Message(FirmOwned):
    """One thing to do in the world, once. ``key`` makes enqueueing it twice the same message.

    A claim carries a lease and a fencing token: a worker that comes back late finds its token stale
    and writes nothing. ``lapses`` counts leases that ran out. ``asked_at`` is when it was last asked
    for, first or by a person's retry.
    """

    topic = models.CharField(max_length=60)
    subject_id = models.UUIDField()
    key = models.CharField(max_length=120)
    lane = models.CharField(max_length=80)
    payload = models.JSONField(default=dict)
    state = models.CharField(
        max_length=12, choices=MessageState.choices, default=MessageState.QUEUED
    )
    waits_for = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")
    not_before = models.DateTimeField()
    attempts = models.PositiveIntegerField(default=0)
    failures = models.PositiveIntegerField(default=0)
    lapses = models.PositiveIntegerField(default=0)
    lease_until = models.DateTimeField(null=True)
    fence = models.BigIntegerField(default=0)
    trouble_code = models.CharField(max_length=60, blank=True)
    trouble = models.TextField(blank=True)
    remedies = models.JSONField(default=list)
    created_at = models.DateTimeField()
    asked_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["firm", "key"], name="message_key_is_once"),
            models.CheckConstraint(
                condition=models.Q(state__in=MessageState.values), name="message_state_is_known"
            ),
            models.CheckConstraint(
                condition=~models.Q(state="in_flight") | models.Q(lease_until__isnull=False),
                name="message_in_flight_has_a_lease",
            ),
        ]
        indexes = [
            models.Index(
                fields=["firm", "not_before", "created_at"],
                condition=models.Q(state__in=["queued", "in_flight"]),
                name="message_to_do",
            ),
            models.Index(fields=["firm", "topic", "subject_id"], name="message_of_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.topic} {self.key}"


class Attempt(FirmOwned):
    """One try at delivering a message: what was meant before the call, what came of it. Append-only.

    ``step`` says how far it got: claimed, looked_up, sending, answered, done, refused, failed.
    """

    message = models.ForeignKey(Message, on_delete=models.PROTECT, related_name="tries")
    number = models.PositiveIntegerField()
    step = models.CharField(max_length=12)
    at = models.DateTimeField()
    note = models.TextField(blank=True)
    facts = models.JSONField(default=dict)

    class Meta:
        indexes = [models.Index(fields=["firm", "message", "at"], name="attempt_of_message")]

    def __str__(self) -> str:
        return f"{self.number} {self.step}"


class Lane(FirmOwned):
    """One organisation's road to the world: how fast it may be called and until when it rests."""

    name = models.CharField(max_length=80)
    per_minute = models.PositiveIntegerField(default=60)
    at_once = models.PositiveIntegerField(default=5)
    per_day = models.PositiveIntegerField(default=500)
    parked_until = models.DateTimeField(null=True)
    parked_because = models.CharField(max_length=200, blank=True)
    day_remaining_there = models.PositiveIntegerField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["firm", "name"], name="lane_name_is_once")]

    def __str__(self) -> str:
        return self.name


class Call(FirmOwned):
    """One request sent along a lane; the budgets count these.

    A call whose worker died is never ended; it stops counting as under way at ``given_up_at``.
    """

    lane = models.ForeignKey(Lane, on_delete=models.PROTECT, related_name="calls")
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    given_up_at = models.DateTimeField()
    purpose = models.CharField(max_length=80)
    status = models.PositiveIntegerField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["firm", "lane", "started_at"], name="call_by_start"),
            models.Index(
                fields=["lane"], condition=models.Q(ended_at__isnull=True), name="call_under_way"
            ),
        ]

    def __str__(self) -> str:
        return self.purpose


class WorkerBeat(models.Model):
    """One worker process and when it last said that it lives. It serves all firms and belongs to none."""

    id = models.UUIDField(primary_key=True, editable=False)
    host = models.CharField(max_length=120)
    process = models.PositiveIntegerField()
    started_at = models.DateTimeField()
    beat_at = models.DateTimeField()
    stopped_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["-beat_at"], name="worker_beat_latest")]

    def __str__(self) -> str:
        return f"{self.host} {self.process}"
