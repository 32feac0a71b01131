"""The door through which time comes: take what is due out of the outbox and have it delivered.

Work is found by asking the database a short question a few times a second, not by LISTEN and NOTIFY:
NOTIFY takes one lock for the whole database at commit, so that one firm's posting would wait for
another's; and what is due by the clock (a lane that rested, a wait that ended) has to be asked for anyway.
"""
