"""A file of monograph to fill: every key, what it may hold, and nothing invented."""

from datetime import date

from ancrage.monographs.catalogue import PARTS
from ancrage.monographs.declaration import SCHEMA, Category, ResourceKind


def template(*, on: date) -> str:
    """The text of the file, its day of study being ``on``."""
    categories = " | ".join(Category)
    resources = " | ".join(ResourceKind)
    header = f"""---
schema: {SCHEMA}
id: a_remplacer                # lettres minuscules, chiffres et _
name: Nom de la structure
siret: null                    # 14 chiffres entre guillemets
commune: "23077"               # code de la commune le jour de l'étude
place: ""                      # lieu-dit, quartier
studied_on: {on.isoformat()}
category: null                 # {categories}
# Chaque chose dite porte sa source (une clé de « sources ») et son état : lu ou a_verifier.
# Ce qui n'est pas su reste null.
legal_form: null               # {{value: "Association", source: entretien, status: lu}}
family: null                   # association | cooperative | mutuelle | fondation | societe_commerciale_ess
activity: null
naf: null                      # {{value: "88.99B", source: entretien, status: lu}}
band: null                     # tranche d'effectif de SIRENE : "01", "02", "03", "11"…
created: null
resources: []                  # {resources}
#  - {{kind: ventes, share: 0.4, source: comptes, status: lu}}
contributions: []              # un des dix-neuf outils, par son numéro (ancrage leviers)
#  - {{tool: 8, authority: commune, what: "Local prêté", since: 2019, source: entretien, status: lu}}
grid: {{}}                       # critère: niveau de 1 à 5 (ancrage grille criteres)
sources:
  entretien: {{title: "Entretien avec la direction", read: en_entier, read_on: {on.isoformat()}}}
fictitious: false
---
"""
    return header + "\n".join(f"## {part}\n\nÀ écrire.\n" for part in PARTS)
