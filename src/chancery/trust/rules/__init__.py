"""Pure decisions over frozen facts: no database, no clock, no network, no web.

What differs by place is never written here; it is read from ``trust/jurisdictions/<code>.yaml``,
where each value cites its authority.
"""
