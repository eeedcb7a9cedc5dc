-- events
WITH places AS (
    SELECT id, name_ar, name_en, level, point, row_number() OVER (ORDER BY md5(key)) - 1 AS n
    FROM entities_place WHERE point IS NOT NULL AND level NOT IN ('country', 'region')
), drawn AS (
    SELECT i, random() AS a, random() AS b, random() AS c, random() AS d, random() AS e, random() AS f, random() AS g, random() AS h
    FROM generate_series(1, %(size)s) AS i
), dated AS (
    -- A column of its own: an expression over both tables would be compared pair by pair.
    SELECT drawn.*, floor(power(g, 2.2) * (SELECT count(*) FROM places))::int AS nth, CASE WHEN a < 0.01 THEN NULL ELSE date '2013-01-01' + (4382 * (0.35 * b + 0.65 * (0.12 + 0.3 * b * c + 0.2 * c)))::int END AS day,
        CASE WHEN d < 0.72 THEN 'incident' ELSE 'coordination' END AS kind
    FROM drawn
)
INSERT INTO incidents_event (code, kind, type, title_ar, title_en, summary_ar, summary_en, modality, date_start, date_end, date_prec, time_of_day,
    place_id, point, where_prec, deaths_low, deaths_best, deaths_high, injured_low, injured_best, injured_high, article_count, outlet_count,
    origin_count, has_conflict, grade, grade_reason, grade_is_overridden, status, changed_since_approval, title_is_edited, approved_by_id, approved_at, published_at,
    created_at, modified_at, version, search_text)
SELECT 'ISN-' || (1900 + (i - 1) / 999999) || '-' || lpad(((i - 1) %% 999999 + 1)::text, 6, '0'), kind, type,
    CASE WHEN kind = 'incident' THEN 'هجوم في ' ELSE 'اجتماع تنسيقي في ' END || name_ar,
    CASE WHEN kind = 'incident' THEN 'Attack in ' ELSE 'Meeting in ' END || name_en,
    '', '', 'occurred', day, day + lasting, CASE WHEN day IS NULL THEN NULL WHEN lasting = 0 THEN 1 WHEN lasting < 7 THEN 2 ELSE 4 END, '',
    CASE WHEN h >= 0.05 THEN place END,
    CASE WHEN h >= 0.05 THEN ST_Translate(point, CASE WHEN prec < 3 THEN (e - 0.5) * 0.08 ELSE 0 END, CASE WHEN prec < 3 THEN (f - 0.5) * 0.08 ELSE 0 END) END,
    CASE WHEN h < 0.05 THEN 6 ELSE prec END,
    toll, toll, toll + (toll * e)::int, hurt, hurt, hurt + (hurt * f)::int, 1 + (5 * e * e)::int, 1 + (3 * e * e)::int, 1 + (2 * e * e)::int, f < 0.06,
    (ARRAY['confirmed', 'fair', 'fair', 'weak', 'weak', 'weak', 'contested'])[1 + floor(7 * c)::int], '', false, 'published', false, false,
    %(approver)s, now(), now(), now(), now(), 1, lower(name_ar || ' ' || name_en)
FROM (
    SELECT dated.*, p.id AS place, p.name_ar, p.name_en, p.point,
        CASE p.level WHEN 'district' THEN 3 WHEN 'governorate' THEN 4 WHEN 'area' THEN 5 WHEN 'road' THEN 5 ELSE CASE WHEN g < 0.8 THEN 1 ELSE 2 END END AS prec,
        CASE WHEN day IS NULL THEN NULL WHEN g < 0.9 THEN 0 WHEN g < 0.97 THEN 1 + (4 * f)::int ELSE 27 END AS lasting,
        CASE WHEN kind = 'incident' THEN (ARRAY['armed_attack', 'ied', 'ied', 'clash', 'shelling', 'killing', 'ambush', 'sniper', 'arrest', 'security_operation'])[1 + floor(10 * f)::int]
             ELSE (ARRAY['meeting', 'meeting', 'call', 'joint_operation', 'visit', 'statement'])[1 + floor(6 * f)::int] END AS type,
        CASE WHEN kind = 'incident' THEN floor(12 * e * e * e)::int END AS toll, CASE WHEN kind = 'incident' THEN floor(20 * f * f)::int END AS hurt
    FROM dated JOIN places p ON p.n = dated.nth
) AS rows;

-- what the public saw of them
INSERT INTO incidents_publicchange (event_id, at, is_public) SELECT id, modified_at, true FROM incidents_event WHERE code LIKE 'ISN-19%%';

-- articles
INSERT INTO sources_article (outlet_id, url, canonical_url, title, byline, language, published_on, published_basis, retrieved_at, raw, encoding,
    text, sha256, search_text, is_current)
SELECT (SELECT array_agg(id ORDER BY id) FROM sources_outlet WHERE name_ar LIKE 'صحيفة اصطناعية %%')[1 + i %% %(outlets)s], '', '', 'خبر اصطناعي ' || i, '', 'ar',
    date '2013-01-01' + (4382 * random())::int, 'given', now(), convert_to(words, 'UTF8'), 'utf-8', words, md5(words) || md5(words || '.'), words, true
FROM (SELECT i, 'قتل وأصيب أشخاص في حادث وقع يوم أمس وفق مصدر أمني. الخبر رقم ' || i AS words FROM generate_series(1, %(articles)s) AS i) AS texts;

-- passages
INSERT INTO sources_passage (article_id, start, "end", exact, prefix, suffix, statement_id)
SELECT a.id, 0, char_length(a.text), a.text, '', '',
    CASE WHEN random() < 0.7 THEN (SELECT array_agg(id ORDER BY id) FROM sources_statement WHERE title = 'بيان اصطناعي')[1 + floor(random() * %(speakers)s)::int] END
FROM sources_article a WHERE a.title LIKE 'خبر اصطناعي %%';

-- claims
WITH passages AS (SELECT p.id, row_number() OVER (ORDER BY p.id) - 1 AS n FROM sources_passage p JOIN sources_article a ON a.id = p.article_id
                  WHERE a.title LIKE 'خبر اصطناعي %%')
INSERT INTO incidents_claim (event_id, passage_id, attribute, phrase, place_text, type, event_modality, actor_text, role, harm, party, low, high, text,
    quantifier, polarity, modality, rank, rank_reason, note, flags, created_at)
SELECT e.id, p.id, 'casualties', '', '', '', '', '', '', 'killed',
    (ARRAY['civilian', 'peshmerga', 'iraqi_army', 'federal_police', 'pmf', 'isis', 'mixed', 'unknown'])[1 + e.id %% 8], e.deaths_low, e.deaths_high, '',
    'exact', 'asserts', 'fact', 'normal', '', '', '[]', now()
FROM incidents_event e JOIN passages p ON p.n = e.id %% %(articles)s WHERE e.kind = 'incident' AND e.code LIKE 'ISN-19%%';

-- participants
INSERT INTO incidents_participation (event_id, actor_id, role, side)
SELECT e.id, actors.ids[1 + floor(power(random(), 2) * %(actors)s)::int], CASE WHEN e.kind = 'incident' THEN 'perpetrator' ELSE 'participant' END, ''
FROM incidents_event e, (SELECT array_agg(id ORDER BY id) AS ids FROM entities_actor WHERE slug LIKE 'synthetic-%%') AS actors WHERE e.code LIKE 'ISN-19%%';
