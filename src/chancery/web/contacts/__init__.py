"""Contacts: the list, one contact, entering, editing, deleting."""
