// Under a number, a date or dimensions stands what the museum understood, while they are being typed.

const PAUSE = 300;
const addresses = JSON.parse(document.getElementById("workplace-addresses").textContent);
const waiting = new WeakMap();

function below(field) {
  const box = field.closest("[data-field]");
  let note = box.querySelector(".understood");
  if (!note) {
    note = Object.assign(document.createElement("div"), { className: "understood" });
    note.setAttribute("aria-live", "polite");
    (box.querySelector("[data-field-input]") ?? field).after(note);
  }
  return note;
}

async function ask(field, address, values) {
  waiting.get(field)?.abort();
  const stop = new AbortController();
  waiting.set(field, stop);
  await new Promise((done) => setTimeout(done, PAUSE));
  if (stop.signal.aborted) return null;
  try {
    const answer = await fetch(`${address}?${new URLSearchParams(values)}`, {
      signal: stop.signal,
      headers: { Accept: "application/json", "X-Requested-With": "XMLHttpRequest" },
    });
    return answer.ok ? await answer.json() : null;
  } catch (error) {
    if (error.name !== "AbortError") throw error;
    return null;
  }
}

async function number(field) {
  const form = field.form;
  const answer = await ask(field, addresses.number, {
    number: field.value,
    museum: form.elements.namedItem("museum")?.value ?? "",
    object: form.action.match(/edit\/(\d+)\//)?.[1] ?? "",
  });
  if (!answer) return;
  const note = below(field);
  note.replaceChildren(answer.message);
  note.classList.toggle("understood--warning", answer.free === false);
  if (answer.suggestion && answer.suggestion !== field.value.trim()) {
    const take = Object.assign(document.createElement("button"), { type: "button", className: "button button-small button-secondary", textContent: answer.suggestion });
    take.addEventListener("click", () => {
      field.value = answer.suggestion;
      field.dispatchEvent(new Event("input", { bubbles: true }));
      field.dispatchEvent(new Event("change", { bubbles: true }));
      field.focus();
    });
    note.append(" ", addresses.words.next, " ", take);
  }
}

async function meaning(field, address) {
  const answer = await ask(field, address, { text: field.value });
  if (answer) below(field).textContent = answer.understood;
}

function react(field) {
  if (field.name === "accession_number") number(field);
  else if (/(^|-)date_text$/.test(field.name)) meaning(field, addresses.date);
  else if (field.name === "dimensions_text") meaning(field, addresses.dimensions);

}

document.addEventListener("input", (event) => {
  if (event.target.form?.id === "w-editor-form" && event.target.name) react(event.target);
});
document.addEventListener("change", (event) => {
  const form = event.target.form;
  if (form?.id === "w-editor-form" && event.target.name === "museum") number(form.elements.namedItem("accession_number"));
});
const empty = document.querySelector("#w-editor-form [name=accession_number]");
if (empty && !empty.value) number(empty);
