-- Search entries follow contacts and matters by trigger, so that no path can forget them.

-- Fold a name for comparison: accents and apostrophes go, other punctuation parts words, case does not count.
CREATE FUNCTION practice_fold(words text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT btrim(regexp_replace(
    regexp_replace(lower(normalize(words, NFKD)), U&'[\0300-\036F''\2019]', '', 'g'),
    '[^[:alnum:]]+', ' ', 'g'))
$$;

-- Every place at which a word begins: 'harbour side bank' gives itself, 'side bank' and 'bank'.
CREATE FUNCTION practice_beginnings(words text) RETURNS SETOF text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  WITH parts AS (SELECT string_to_array(practice_fold(words), ' ') AS part)
  SELECT DISTINCT array_to_string(part[n:], ' ')
  FROM parts, generate_series(1, cardinality(part)) AS n WHERE part[n] <> ''
$$;

CREATE FUNCTION practice_index_contact() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP <> 'INSERT' THEN
    DELETE FROM practice_searchentry WHERE firm_id = OLD.firm_id AND kind = 'contact' AND record_id = OLD.id;
  END IF;
  IF TG_OP <> 'DELETE' THEN
    INSERT INTO practice_searchentry (id, firm_id, kind, record_id, ladder, folded)
    SELECT gen_random_uuid(), NEW.firm_id, 'contact', NEW.id, 0, beginning
    FROM practice_beginnings(NEW.name) AS beginning;
  END IF;
  RETURN NULL;
END $$;

-- A matter is found by any word of its title, by its number and by its reference; these two from their start only.
CREATE FUNCTION practice_index_matter() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP <> 'INSERT' THEN
    DELETE FROM practice_searchentry WHERE firm_id = OLD.firm_id AND kind = 'matter' AND record_id = OLD.id;
  END IF;
  IF TG_OP <> 'DELETE' THEN
    INSERT INTO practice_searchentry (id, firm_id, kind, record_id, ladder, folded)
    SELECT gen_random_uuid(), NEW.firm_id, 'matter', NEW.id,
           CASE NEW.status WHEN 'active' THEN 0 WHEN 'inactive' THEN 1 ELSE 2 END, beginning
    FROM (SELECT practice_beginnings(NEW.title) AS beginning
          UNION SELECT practice_fold(NEW.number)
          UNION SELECT practice_fold(NEW.reference)) AS beginnings
    WHERE beginning <> '';
  END IF;
  RETURN NULL;
END $$;

CREATE TRIGGER search_follows AFTER INSERT OR DELETE OR UPDATE OF name ON practice_contact
  FOR EACH ROW EXECUTE FUNCTION practice_index_contact();
CREATE TRIGGER search_follows AFTER INSERT OR DELETE OR UPDATE OF title, number, reference, status ON practice_matter
  FOR EACH ROW EXECUTE FUNCTION practice_index_matter();
