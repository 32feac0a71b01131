-- Contacts are listed by folded name: accents and case do not send a name to the end of the list.
CREATE INDEX contact_by_folded_name ON practice_contact (firm_id, practice_fold(name) COLLATE "C", id);
