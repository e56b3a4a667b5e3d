// The search boxes lead to what is chosen; the fields that take a territory, or a structure, are filled with it,
// the form kept.
import { combobox } from "./combobox.js";

export function searchFields() {
  for (const form of document.querySelectorAll("form[data-suggestions]")) {
    const list = document.createElement("ul");
    form.append(list);
    combobox(form.querySelector("input[type=search]"), list, {
      ask: (text) => `${form.dataset.suggestions}?q=${encodeURIComponent(text)}`,
      choose: (option) => location.assign(option.dataset.href),
    });
  }
}

let fields = 0;

export function filledFields(root) {
  const { places, suggestions } = document.body.dataset;
  for (const input of root.querySelectorAll("input[data-places]:not([role=combobox])")) {
    filled(input, `${places}?nature=${input.dataset.places}`);
  }
  for (const input of root.querySelectorAll("input[data-structures]:not([role=combobox])")) {
    filled(input, `${suggestions}?sorte=structure`);
  }
}

function filled(input, address) {
  const told = input.closest("label") ?? input;
  const frame = document.createElement("span");
  const list = document.createElement("ul");
  frame.className = "lieu";
  input.id ||= `lieu-${++fields}`;
  input.autocomplete = "off";
  told.replaceWith(frame);
  frame.append(told, list);
  combobox(input, list, {
    ask: (text) => `${address}&q=${encodeURIComponent(text)}`,
    choose: (option) => {
      input.value = option.dataset.value;
      input.dispatchEvent(new Event("change", { bubbles: true }));
    },
  });
}
