"""Addresses of the pages of an atelier."""

from django.urls import path

from ancrage.web.space.atelier import (
    actions,
    decisions,
    files,
    following,
    gifts,
    opening,
    partners,
    plan,
    sides,
)

HERE = "espace/ateliers/<uuid:atelier>/"
ACTION = f"{HERE}actions/<uuid:action>/"
INDICATOR = f"{HERE}indicateurs/<uuid:indicator>/"
urlpatterns = [
    path("espace/ateliers/", opening.index, name="ateliers"),
    path("espace/ateliers/ouvrir/", opening.opening, name="atelier-open"),
    path(HERE, plan.show, name="atelier"),
    path(f"{HERE}engagement/", plan.engagement, name="atelier-engagement"),
    path(f"{HERE}engagement/accord/", plan.agreeing, name="atelier-agree"),
    path(f"{HERE}plan.<str:shape>", files.export, name="atelier-export"),
    path(f"{HERE}importer/", files.importing, name="atelier-import"),
    path(f"{HERE}partenaires/", partners.index, name="atelier-partners"),
    path(f"{HERE}partenaires/inviter/", partners.inviting, name="atelier-invite"),
    path(f"{HERE}partenaires/<uuid:identity>/finir/", partners.ending, name="atelier-role-end"),
    path(f"{HERE}objectifs/nouveau/", plan.objective, name="atelier-objective-new"),
    path(f"{HERE}objectifs/<uuid:identity>/", plan.objective, name="atelier-objective"),
    path(f"{HERE}actions/nouvelle/", actions.writing, name="atelier-action-new"),
    path(f"{HERE}actions/<uuid:identity>/", actions.show, name="atelier-action"),
    path(f"{HERE}actions/<uuid:identity>/modifier/", actions.writing, name="atelier-action-edit"),
    path(f"{HERE}actions/<uuid:identity>/etat/", actions.moving, name="atelier-action-move"),
    path(f"{HERE}actions/<uuid:identity>/commenter/", actions.commenting, name="atelier-comment"),
    path(f"{ACTION}etapes/nouvelle/", actions.step, name="atelier-step-new"),
    path(f"{ACTION}etapes/<uuid:identity>/", actions.step, name="atelier-step"),
    path(f"{ACTION}depenses/nouvelle/", sides.cost, name="atelier-cost-new"),
    path(f"{ACTION}depenses/<uuid:identity>/", sides.cost, name="atelier-cost"),
    path(f"{ACTION}ressources/nouvelle/", sides.resource, name="atelier-resource-new"),
    path(f"{ACTION}ressources/<uuid:identity>/", sides.resource, name="atelier-resource"),
    path(f"{ACTION}partenaires/nouveau/", sides.participation, name="atelier-participation-new"),
    path(f"{ACTION}partenaires/<uuid:identity>/", sides.participation, name="atelier-participation"),
    path(f"{ACTION}contributions/nouvelle/", gifts.contribution, name="atelier-contribution-new"),
    path(f"{ACTION}contributions/<uuid:identity>/", gifts.contribution, name="atelier-contribution"),
    path(f"{ACTION}indicateurs/nouveau/", following.indicator, name="atelier-indicator-new"),
    path(f"{ACTION}indicateurs/<uuid:identity>/", following.indicator, name="atelier-indicator"),
    path(f"{INDICATOR}mesures/nouvelle/", following.measuring, name="atelier-measure-new"),
    path(f"{INDICATOR}mesures/<uuid:identity>/", following.measuring, name="atelier-measure"),
    path(f"{INDICATOR}calculer/", following.computing, name="atelier-compute"),
    path(f"{HERE}decisions/nouvelle/", decisions.decision, name="atelier-decision-new"),
    path(f"{HERE}decisions/<uuid:identity>/", decisions.decision, name="atelier-decision"),
    path(f"{HERE}decisions/<uuid:identity>/adopter/", decisions.adopting, name="atelier-adopt"),
    path(f"{HERE}<slug:kind>/<uuid:identity>/reponse/", sides.replying, name="atelier-reply"),
    path(f"{HERE}<slug:kind>/<uuid:identity>/retirer/", sides.withdrawing, name="atelier-withdraw"),
]
