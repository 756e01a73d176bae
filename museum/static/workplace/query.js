// The query of the list: told what is wrong while it is typed, and a form that shows and edits the same query.
const form = document.querySelector("[data-query-form]");
const field = form?.querySelector("input[name=q]");
const trouble = form?.querySelector("[data-query-trouble]");
const builder = document.querySelector("[data-builder]");
const read = (id) => JSON.parse(document.getElementById(id).textContent);

let asked = 0;

// Null for an answer that another question has overtaken, or that did not come.
async function ask(params) {
  const mine = ++asked;
  const answer = await fetch(`${form.dataset.answer}?${new URLSearchParams(params)}`).catch(() => null);
  const said = answer?.ok ? await answer.json() : null;
  return mine === asked ? said : null;
}

function tell(answer) {
  trouble.textContent = answer.trouble ?? "";
  field.toggleAttribute("aria-invalid", Boolean(answer.trouble));
}

if (form) {
  let waiting;
  field.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(async () => {
      const answer = await ask({ q: field.value });
      if (!answer) return;
      tell(answer);
      draw(answer);
    }, 400);
  });
  // a field of one line would make one number of a column of them
  field.addEventListener("paste", (event) => {
    const lines = event.clipboardData.getData("text").trim().split(/\s*[\r\n]+\s*/);
    if (lines.length < 2) return;
    event.preventDefault();
    document.execCommand("insertText", false, lines.join(", "));
  });
  if (trouble.dataset.start !== undefined) {
    field.focus();
    // places are counted in letters; here a rare character counts as two
    const at = (letters) => [...field.value].slice(0, Number(letters)).join("").length;
    field.setSelectionRange(at(trouble.dataset.start), at(trouble.dataset.end));
  }
}

const words = form && read("query-words");
const fields = form ? read("query-fields") : [];
const kinds = Object.fromEntries(fields.map((one) => [one.name, one.kind]));
const ORDERED = new Set(["number", "extent", "years", "day"]);

function option(value, label, chosen) {
  const made = new Option(label, value, false, value === chosen);
  return made;
}

function fieldChoice(chosen) {
  const select = document.createElement("select");
  select.setAttribute("aria-label", words.field);
  select.append(option("", words.words, chosen));
  const more = document.createElement("optgroup");
  more.label = words.more;
  for (const one of fields) (one.main ? select : more).append(option(one.name, one.label, chosen));
  select.append(more);
  if (chosen && !(chosen in kinds)) select.append(option(chosen, chosen, chosen));
  return select;
}

function operatorChoice(name, chosen) {
  const select = document.createElement("select");
  select.setAttribute("aria-label", words.operator);
  const offered = [[":", words.contains]];
  if (name && ORDERED.has(kinds[name])) offered.push([">", words.over], [">=", words.least], ["<", words.under], ["<=", words.most], ["[]", words.between]);
  else if (name) offered.push(["=", words.exactly]);
  if (name) offered.push(["*", words.given]);
  if (chosen === "typed") offered.push(["typed", words.typed]);
  for (const [sign, label] of offered) select.append(option(sign, label, chosen));
  return select;
}

function row(told) {
  const line = document.createElement("div");
  line.className = "builder-row";
  const not = document.createElement("input");
  not.type = "checkbox";
  not.checked = told.not;
  const notLabel = document.createElement("label");
  notLabel.append(not, ` ${words.not}`);
  const name = fieldChoice(told.field);
  let operator = operatorChoice(told.field, told.operator);
  const value = document.createElement("input");
  value.type = "text";
  value.value = told.value;
  value.setAttribute("aria-label", words.value);
  value.hidden = told.operator === "*";
  const remove = document.createElement("button");
  remove.type = "button";
  remove.className = "button button-small button-secondary";
  remove.textContent = "✕";
  remove.setAttribute("aria-label", words.remove);
  remove.addEventListener("click", () => {
    const near = (line.nextElementSibling ?? line.previousElementSibling)?.querySelector("button");
    line.remove();
    (near ?? builder.querySelector("[data-add]")).focus();
    changed();
  });
  name.addEventListener("change", () => {
    const fresh = operatorChoice(name.value, operator.value);
    operator.replaceWith(fresh);
    operator = fresh;
    changed();
  });
  line.addEventListener("change", () => {
    value.hidden = operator.value === "*";
    changed();
  });
  line.append(notLabel, name, operator, value, remove);
  line.told = () => ({ field: name.value, operator: operator.value, value: value.value, not: not.checked });
  return line;
}

function draw(answer) {
  if (!builder || builder.contains(document.activeElement)) return;
  builder.querySelector("[data-any]").value = answer.any ? "1" : "";
  builder.querySelector("[data-rows]").replaceChildren(...(answer.rows ?? []).map(row));
}

async function changed() {
  const rows = [...builder.querySelectorAll(".builder-row")].map((line) => line.told());
  const answer = await ask({ rows: JSON.stringify({ any: builder.querySelector("[data-any]").value === "1", rows }) });
  if (!answer) return false;
  tell(answer);
  if (!answer.trouble) field.value = answer.q;
  return !answer.trouble;
}

if (builder) {
  builder.hidden = false;
  builder.querySelector("[data-add]").addEventListener("click", () => {
    const line = row({ field: "title", operator: ":", value: "", not: false });
    builder.querySelector("[data-rows]").append(line);
    line.querySelector("select").focus();
  });
  builder.querySelector("[data-any]").addEventListener("change", changed);
  builder.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (await changed()) form.requestSubmit();
  });
  ask({ q: field.value }).then((answer) => answer && draw(answer));
}

// where facets do not stand beside the list, they are folded: the objects come first
const narrow = document.querySelector(".found__narrow");
const beside = matchMedia("(min-width: 75rem)");
const fold = () => (narrow.open = beside.matches);
if (narrow) {
  fold();
  beside.addEventListener("change", fold);
}
