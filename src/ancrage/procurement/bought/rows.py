"""The rows of each table, once every line is sorted out and every holder judged."""

from ancrage.procurement.bought.sorting import KEPT, REPLACED
from ancrage.procurement.bought.vocabulary import Flaw

_FILE = "l.file || ', ' || l.where_read"

CONTRACT = f"""
SELECT k.key, k.buyer, left(k.buyer, 9) AS buyer_siren, k.number, k.nature, k.object, k.cpv, k.procedure,
    k.place, k.months, k.notified_on, k.published_on, k.amount, k.first_amount, k.changed, k.offers,
    k.framework, k.social, k.environmental, coalesce(v.holders, 0) AS holders,
    coalesce(v.ess, 'a_verifier') AS ess, v.family, coalesce(v.basis, 'inconnu') AS basis,
    coalesce(v.siae, 'a_verifier') AS siae, coalesce(v.adapted, 'a_verifier') AS adapted,
    coalesce(v.local, 'a_verifier') AS local, coalesce(v.small, 'a_verifier') AS small,
    coalesce(v.local_small, 'a_verifier') AS local_small,
    CASE WHEN k.repeated THEN list_append(k.flaws, '{Flaw.REPEATED}') ELSE k.flaws END AS flaws,
    k.source, k.file || ', ' || k.where_read AS file
FROM kept k LEFT JOIN verdicts v USING (key)
"""

HOLDER = """
SELECT key, buyer_siren, rank, id, known, siren, name, place AS departement, ess, family, basis, reason, siae,
    adapted, local, small
FROM judged
"""

CHANGE = f"""
WITH amended AS (
    SELECT k.key, left(k.buyer, 9) AS buyer_siren, 'avenant' AS kind, unnest(k.changes) AS c,
        k.file || ', ' || k.where_read AS file
    FROM kept k WHERE k.changed > 0
)
SELECT key, buyer_siren, kind, row_number() OVER (PARTITION BY key ORDER BY c.rank, c.notified_on) AS rank,
    c.notified_on AS day, c.amount AS amount, c.months AS months, c.object AS object,
    list_transform(c.holders, lambda h: h.id) AS holders, file
FROM amended
UNION ALL
SELECT f.key, left(l.buyer, 9), 'publication',
    row_number() OVER (PARTITION BY f.key ORDER BY l.published_on NULLS FIRST, l.seq),
    l.published_on, l.amount, l.months, l.object, list_transform(l.holders, lambda h: h.id), {_FILE}
FROM lines l JOIN fates f USING (seq) WHERE f.fate = '{REPLACED}'
"""

BUYER = """
SELECT siren, coalesce(name, siren) AS name, name IS NOT NULL AS named, territory, departement, commune,
    contracts, first_on, last_on, coalesce(value, 0) AS value
FROM buyers
"""

ACCOUNT = f"""
SELECT source, file, fate, reason, count(*) AS lines FROM fates GROUP BY ALL
UNION ALL
SELECT source, file, 'rejetee', reason, lines FROM refusals
ORDER BY file, CASE fate WHEN '{KEPT}' THEN 0 ELSE 1 END
"""
