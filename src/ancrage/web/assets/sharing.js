// The address of the page, as it is now, in the words that share it.
function dated(day) {
  const here = new URL(location.href);
  if (day && !here.searchParams.has("le")) here.searchParams.set("le", day);
  return here.href;
}

function told(root) {
  let shared = location.href;
  for (const field of root.querySelectorAll(".lien-page")) shared = field.value = dated(field.dataset.jour);
  for (const field of root.querySelectorAll(".cadre-a-copier")) {
    if (field.value.includes('src="/')) field.value = field.value.replace('src="/', `src="${location.origin}/`);
    field.addEventListener("focus", () => field.select());
  }
  for (const link of root.querySelectorAll(".par-courriel")) {
    const [before] = link.href.split("&body=");
    link.href = `${before}&body=${encodeURIComponent(shared)}`;
  }
}

async function copy(button) {
  const panel = button.closest(".volet");
  const field = panel.querySelector(".lien-page");
  const said = panel.querySelector(".copie");
  try {
    await navigator.clipboard.writeText(field.value);
    said.textContent = "Lien copié.";
  } catch {
    field.select();
    said.textContent = "Le lien est choisi : copiez-le.";
  }
}

// One panel open at a time; a click elsewhere or Escape closes it.
function closeOthers(kept) {
  for (const panel of document.querySelectorAll("details.deroulant[open]")) {
    if (panel !== kept) panel.open = false;
  }
}

export function sharing() {
  for (const panel of document.querySelectorAll("details.deroulant")) {
    panel.addEventListener("toggle", () => {
      if (!panel.open) return;
      closeOthers(panel);
      told(panel);
      // One press is enough to share: the address is copied as the panel opens, or chosen, ready to be.
      const button = panel.querySelector(".copier");
      if (button) copy(button);
    });
  }
  for (const button of document.querySelectorAll(".copier")) {
    button.hidden = false;
    button.addEventListener("click", () => copy(button));
  }
  document.addEventListener("click", (event) => closeOthers(event.target.closest("details.deroulant")));
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const open = document.querySelector("details.deroulant[open]");
    if (!open) return;
    open.open = false;
    open.querySelector("summary").focus();
  });
}
