"""The embedded PostgreSQL: the binaries of a wheel under our own launcher, nothing of its Python layer.

Promises: no acknowledged commit is lost, whatever was killed; nothing is signalled that is not our
own server on our own data folder; no permission of any folder above ours is ever changed.
"""
