"""Who buys: the name of a buyer, the collectivity it is, where it sits."""

COLLECTIVITY_KINDS = {"COM": "com", "DEP": "dep", "REG": "reg", "CTU": "reg"}
"""Kinds of the list of collectivities, and how a territory of that kind is written."""

NAMED_BUYERS = """
CREATE TABLE buyers AS
WITH bought AS (
    SELECT left(buyer, 9) AS siren, mode(nullif(buyer_name, '')) AS told,
        mode(nullif(buyer_departement, '')) AS departement, mode(buyer) AS siret,
        count(*) AS contracts, min(notified_on) AS first_on, max(notified_on) AS last_on,
        sum(amount) AS value
    FROM kept GROUP BY 1
), listed AS (
    SELECT siren, first(name ORDER BY rank) AS name, first(territory ORDER BY rank) AS territory,
        first(code ORDER BY rank) AS code
    FROM (
        SELECT siren, name, 'com:' || code AS territory, code, 0 AS rank FROM commune
        WHERE vintage = (SELECT max(vintage) FROM commune) AND siren IS NOT NULL
        UNION ALL SELECT siren, name, territory, code, 1 FROM collectivities
    ) GROUP BY siren
), grouped AS (
    SELECT u.code AS siren, any_value(u.name) AS name, mode(m.departement) AS departement
    FROM unit u LEFT JOIN commune m ON m.epci = u.code AND m.vintage = u.vintage
    WHERE u.kind = 'epci' AND u.vintage = (SELECT max(vintage) FROM unit) GROUP BY u.code
), sited AS (
    SELECT siret, commune, departement FROM establishment
    WHERE NOT fictitious AND siret IN (SELECT siret FROM bought)
)
SELECT b.siren, coalesce(l.name, g.name, b.told) AS name,
    CASE WHEN l.territory IS NOT NULL THEN l.territory WHEN g.siren IS NOT NULL THEN 'epci:' || g.siren END
        AS territory,
    coalesce(
        CASE WHEN l.territory LIKE 'com:%' THEN
            CASE WHEN left(l.code, 2) IN ('97', '98') THEN left(l.code, 3) ELSE left(l.code, 2) END
        WHEN l.territory LIKE 'dep:%' THEN l.code END,
        g.departement, b.departement, s.departement
    ) AS departement,
    coalesce(CASE WHEN l.territory LIKE 'com:%' THEN l.code END, s.commune) AS commune,
    b.contracts, b.first_on, b.last_on, b.value
FROM bought b LEFT JOIN listed l USING (siren) LEFT JOIN grouped g USING (siren)
LEFT JOIN sited s ON s.siret = b.siret
"""
