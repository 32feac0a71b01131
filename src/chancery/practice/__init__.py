"""The practice: firms, the people in them, contacts, matters, and the history of every change."""
