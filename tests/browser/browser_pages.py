"""Addresses of the site's screens, on the demonstration data, and how each is looked at."""

from playwright.sync_api import Page

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
AXE = """async (only) => (await axe.run(document, {runOnly: only}))
  .violations.map(one => one.id + ': ' + one.nodes.map(node => node.html.slice(0, 140)).join(' | '))"""
WITHOUT_CAPTION = """[...document.querySelectorAll("table")].filter(one => !one.caption?.textContent.trim())
  .map(one => one.outerHTML.slice(0, 120))"""
SCROLLS = "document.documentElement.scrollWidth"
EVERY_PAGE = (
    "/",
    "/recherche/?q=gueret",
    "/territoires/",
    "/territoires/23077/",
    "/territoires/200044014/zonages/",
    "/territoires/23077/aides/",
    "/territoires/dep:23/evolution/",
    "/territoires/23077/sources/",
    "/territoires/23077/rapport/",
    "/territoires/comparer/?t=23077&t=23096",
    "/territoires/200044014/leviers/?pour=epci",
    "/territoires/dep:23/ess/",
    "/territoires/dep:23/accompagnement/",
    "/territoires/dep:23/couverture/",
    "/territoires/dep:23/besoins/",
    "/territoires/dep:23/survie/",
    "/territoires/dep:23/dynamiques/",
    "/territoires/dep:23/simulation/?aide=urgencess&le=2021-03-31&parametre=urgence-ess.plafond&valeur=20",
    "/territoires/reg:75/simulation/",
    "/structures/?t=dep:23&famille=cooperative",
    "/structures/99900321300017/",
    "/aides/",
    "/aides/ptce_phase2/",
    "/mes-aides/",
    "/mes-aides/?f=effectif=4&f=forme=association&territoire=23096",
    "/leviers/",
    "/leviers/outils/8/",
    "/accompagnement/",
    "/financement/",
    "/financement/cumul/?aide=detr&aide=dsil",
    "/financement/contrat-impact/",
    "/grille/",
    "/grille/evaluation/?nom=Essai&commune=23077&n_tresorerie=2&role=structure&role2=collectivite&m_tresorerie=4",
    "/monographies/",
    "/monographies/ambiance_bois/",
    "/cas/?territoire=23077",
    "/cas/ambiance_bois/",
    "/cas/leviers/",
    "/sources/",
    "/travaux/",
    "/api/",
    "/documentation/methodes/",
    "/documentation/glossaire/",
    "/documentation/accessibilite/",
    "/documentation/mentions-legales/",
)


def faultless(page: Page, axe: str) -> None:
    """No fault in light, in dark, nor on a narrow telephone, as which the page is left."""
    page.evaluate(axe)
    assert page.evaluate(AXE, {"type": "tag", "values": RULES}) == []
    assert page.evaluate(WITHOUT_CAPTION) == []
    page.emulate_media(color_scheme="dark")
    assert page.evaluate(AXE, {"type": "rule", "values": ["color-contrast"]}) == []
    page.set_viewport_size({"width": 320, "height": 640})
    assert page.evaluate(SCROLLS) <= 320
    assert (
        page.evaluate(AXE, {"type": "rule", "values": ["target-size", "scrollable-region-focusable"]}) == []
    )
