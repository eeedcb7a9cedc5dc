-- A row as history keeps it: its columns, the long texts among them as their SHA-256.
CREATE FUNCTION history_state(state jsonb, digested text[]) RETURNS jsonb LANGUAGE sql IMMUTABLE AS $$
    SELECT state || coalesce(
        (SELECT jsonb_object_agg(name, encode(sha256(convert_to(state ->> name, 'UTF8')), 'hex')) FROM unnest(digested) name WHERE state ? name),
        '{}'
    )
$$;

CREATE FUNCTION history_digest(r history_revision) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT encode(sha256(convert_to(
        concat_ws(E'\x1f', r.change_id, r."table", r."row", r.operation, r.events::text, r.changed::text, r.state::text), 'UTF8')), 'hex')
$$;

CREATE FUNCTION history_digest(c history_change) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT encode(sha256(convert_to(
        concat_ws(E'\x1f', c.id, coalesce(c.by_id, 0), c.verb, c.reason, extract(epoch FROM c.at), c.role), 'UTF8')), 'hex')
$$;

-- The change that is going on in this transaction: what `history.because` announced, or an unnamed one.
CREATE FUNCTION history_going_on() RETURNS uuid LANGUAGE plpgsql AS $$
DECLARE
    known text := current_setting('history.change', true);
    made uuid;
BEGIN
    IF known <> '' THEN
        RETURN known::uuid;
    END IF;
    INSERT INTO history_change (id, by_id, verb, reason, at, role) VALUES (
        gen_random_uuid(),
        nullif(current_setting('history.by', true), '')::bigint,
        coalesce(current_setting('history.verb', true), ''),
        coalesce(current_setting('history.reason', true), ''),
        clock_timestamp(),
        session_user
    ) RETURNING id INTO made;
    PERFORM set_config('history.change', made::text, true);
    RETURN made;
END
$$;

-- Arguments: the columns that name events, and the columns kept as digests; both separated by commas.
CREATE FUNCTION history_record() RETURNS trigger LANGUAGE plpgsql SET timezone = 'UTC' AS $$
DECLARE
    digested text[] := string_to_array(TG_ARGV[1], ',');
    before jsonb := CASE WHEN TG_OP <> 'INSERT' THEN history_state(to_jsonb(OLD), digested) END;
    after jsonb := CASE WHEN TG_OP <> 'DELETE' THEN history_state(to_jsonb(NEW), digested) END;
    state jsonb := coalesce(after, before);
    names text[] := '{}';
    about bigint[];
BEGIN
    IF TG_OP = 'UPDATE' THEN
        SELECT array_agg(key ORDER BY key) INTO names FROM jsonb_each(after) WHERE value IS DISTINCT FROM before -> key;
        IF names IS NULL THEN
            RETURN NULL;
        END IF;
    END IF;
    SELECT coalesce(array_agg(DISTINCT given::bigint), '{}') INTO about
        FROM unnest(string_to_array(TG_ARGV[0], ',')) AS name, unnest(ARRAY[before ->> name, after ->> name]) AS given
        WHERE given IS NOT NULL;
    INSERT INTO history_revision (change_id, "table", "row", operation, events, changed, state, digest)
        VALUES (history_going_on(), TG_TABLE_NAME, (state ->> 'id')::bigint, left(TG_OP, 1), about, names, state, '');
    RETURN NULL;
END
$$;

CREATE FUNCTION history_digest_revision() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.digest := history_digest(NEW);
    RETURN NEW;
END
$$;
CREATE TRIGGER digest BEFORE INSERT ON history_revision FOR EACH ROW EXECUTE FUNCTION history_digest_revision();

-- Sealed when the transaction commits: the lock that keeps the chain in one line is then held for an instant, and after all other locks.
CREATE FUNCTION history_seal_change() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    last history_seal%ROWTYPE;
    revisions text;
BEGIN
    IF current_setting('history.change', true) = NEW.id::text THEN
        PERFORM set_config('history.change', '', true);
    END IF;
    PERFORM pg_advisory_xact_lock(7416001);
    SELECT * INTO last FROM history_seal ORDER BY number DESC LIMIT 1;
    SELECT string_agg(digest, '' ORDER BY id) INTO revisions FROM history_revision WHERE change_id = NEW.id;
    INSERT INTO history_seal (number, change_id, previous, digest) VALUES (
        coalesce(last.number, 0) + 1,
        NEW.id,
        coalesce(last.digest, ''),
        encode(sha256(convert_to(coalesce(last.digest, '') || history_digest(NEW) || coalesce(revisions, ''), 'UTF8')), 'hex')
    );
    RETURN NULL;
END
$$;
CREATE CONSTRAINT TRIGGER seal AFTER INSERT ON history_change DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION history_seal_change();

-- Who owns the tables can switch any of this off: then the chain shows it. These keep everybody else, and every mistake, out.
CREATE FUNCTION history_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'TRUNCATE' AND current_setting('history.truncate', true) = 'allowed' THEN
        RETURN NULL;  -- a test's database, emptied after it
    END IF;
    RAISE EXCEPTION '% of % refused: the record is never emptied and history is only added to', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'integrity_constraint_violation';
END
$$;
CREATE TRIGGER only_added_to BEFORE UPDATE OR DELETE ON history_change FOR EACH ROW EXECUTE FUNCTION history_refuse();
CREATE TRIGGER only_added_to BEFORE UPDATE OR DELETE ON history_revision FOR EACH ROW EXECUTE FUNCTION history_refuse();
CREATE TRIGGER only_added_to BEFORE UPDATE OR DELETE ON history_seal FOR EACH ROW EXECUTE FUNCTION history_refuse();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON history_change FOR EACH STATEMENT EXECUTE FUNCTION history_refuse();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON history_revision FOR EACH STATEMENT EXECUTE FUNCTION history_refuse();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON history_seal FOR EACH STATEMENT EXECUTE FUNCTION history_refuse();
