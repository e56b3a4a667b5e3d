// Passkeys: what a browser asks of a device, between a form and the options the site gave. Without scripts, the code by e-mail.
const CAN = Boolean(globalThis.PublicKeyCredential?.parseRequestOptionsFromJSON);

async function options(form) {
  if (form.dataset.cle !== "entrer") return JSON.parse(document.getElementById("options-cle").textContent);
  const answer = await fetch(form.action, { headers: { Accept: "application/json", "X-Requested-With": "XMLHttpRequest" } });
  return answer.json();
}

async function credential(form) {
  const told = await options(form);
  if (form.dataset.cle === "ajouter") {
    const { publicKey } = told.creation_options;
    Object.assign((publicKey.authenticatorSelection ??= {}), { residentKey: "required", requireResidentKey: true, userVerification: "required" });
    return navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(publicKey) });
  }
  return navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(told.request_options.publicKey) });
}

for (const form of document.querySelectorAll("form[data-cle]")) {
  form.hidden = !CAN;
  document.querySelector(".sans-cle")?.toggleAttribute("hidden", CAN);
  form.querySelector("button[type=button]").addEventListener("click", async () => {
    const said = form.querySelector("[role=status]");
    said.textContent = "";
    try {
      form.elements.credential.value = JSON.stringify(await credential(form));
      form.submit();
    } catch {
      said.textContent = "Votre appareil n’a pas donné de clé. Réessayez, ou entrez avec un code.";
    }
  });
}
