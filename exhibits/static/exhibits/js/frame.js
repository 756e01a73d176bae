// What every page has: the theme switch, the menu that closes by itself, suggestions under the search box.

const root = document.documentElement;
const darkSystem = matchMedia("(prefers-color-scheme: dark)");

function dark() {
  return root.dataset.theme ? root.dataset.theme === "dark" : darkSystem.matches;
}

function themeSwitch(button) {
  const label = button.querySelector(".visually-hidden");
  const name = () => { label.textContent = dark() ? button.dataset.light : button.dataset.dark; };
  button.hidden = false;
  name();
  darkSystem.addEventListener("change", name);
  button.addEventListener("click", () => {
    root.dataset.theme = dark() ? "light" : "dark";
    try {
      localStorage.setItem("theme", root.dataset.theme);
    } catch {
      // the choice then holds for this page alone
    }
    name();
  });
}

function pocketMenu(menu) {
  document.addEventListener("click", (event) => { if (!menu.contains(event.target)) menu.open = false; });
  menu.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && menu.open) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  });
}

// Suggestions (ARIA 1.2 combobox with a list box). Typing asks, arrows choose, Enter opens, Escape closes.
class Suggestions {
  static count = 0;

  constructor(form) {
    this.form = form;
    this.input = form.querySelector("input[type=search]");
    this.id = `suggestions-${++Suggestions.count}`;
    this.list = Object.assign(document.createElement("ul"), { id: this.id, className: "suggestions", hidden: true });
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", this.input.labels[0]?.textContent ?? "");
    this.status = Object.assign(document.createElement("p"), { className: "visually-hidden" });
    this.status.setAttribute("role", "status");
    form.append(this.list, this.status);
    for (const [name, value] of Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": this.id })) {
      this.input.setAttribute(name, value);
    }
    this.input.addEventListener("input", () => this.later());
    this.input.addEventListener("keydown", (event) => this.key(event));
    this.input.addEventListener("paste", (event) => this.paste(event));
    this.input.addEventListener("blur", () => setTimeout(() => this.close(), 150));
    form.addEventListener("submit", () => this.quiet());
    this.list.addEventListener("mousedown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => this.open(event.target.closest("[role=option]")));
  }

  // A field of one line would join the numbers of a column: a comma keeps them apart.
  paste(event) {
    const lines = event.clipboardData.getData("text").trim().split(/\s*[\r\n]+\s*/);
    if (lines.length < 2) return;
    event.preventDefault();
    document.execCommand("insertText", false, lines.join(", "));
  }

  later() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.ask(), 120);
  }

  async ask() {
    const text = this.input.value.trim();
    this.asking?.abort();
    if (text.length < 2) return this.close();
    this.asking = new AbortController();
    try {
      const answer = await fetch(`${this.form.dataset.suggest}?q=${encodeURIComponent(text)}`, { signal: this.asking.signal });
      if (answer.ok) this.show((await answer.json()).items);
    } catch (error) {
      if (error.name !== "AbortError") this.close();
    }
  }

  show(items) {
    this.list.replaceChildren(...this.groups(items));
    this.chosen = -1;
    this.input.removeAttribute("aria-activedescendant");
    const any = items.length > 0 && document.activeElement === this.input;
    this.list.hidden = !any;
    this.input.setAttribute("aria-expanded", String(any));
    const { nounOne, nounMany } = this.form.dataset;
    this.status.textContent = any ? (items.length === 1 ? nounOne : nounMany.replace("{n}", items.length)) : "";
  }

  // Each kind under its name: objects, people, places …
  groups(items) {
    const groups = new Map();
    items.forEach((item, place) => {
      if (!groups.has(item.group)) {
        const group = document.createElement("li");
        const name = Object.assign(document.createElement("span"), { className: "suggestion-group", textContent: item.group, id: `${this.id}-group-${groups.size}` });
        const rows = document.createElement("ul");
        group.setAttribute("role", "group");
        group.setAttribute("aria-labelledby", name.id);
        rows.setAttribute("role", "presentation");
        group.append(name, rows);
        groups.set(item.group, group);
      }
      groups.get(item.group).lastElementChild.append(this.row(item, place));
    });
    return groups.values();
  }

  row(item, place) {
    const row = document.createElement("li");
    row.id = `${this.id}-${place}`;
    row.setAttribute("role", "option");
    row.setAttribute("aria-selected", "false");
    row.dataset.url = item.url;
    const picture = document.createElement(item.picture ? "img" : "span");
    if (item.picture) Object.assign(picture, { src: item.picture, alt: "", width: 40, height: 40 });
    else picture.className = "no-picture";
    const label = document.createElement("span");
    label.lang = item.lang;
    for (const [text, marked] of item.label) {
      const part = document.createElement(marked ? "mark" : "span");
      part.textContent = text;
      label.append(part);
    }
    row.append(picture, label);
    return row;
  }

  rows() {
    return [...this.list.querySelectorAll("[role=option]")];
  }

  key(event) {
    if (event.key === "Escape" && !this.list.hidden) {
      event.preventDefault();
      this.close();
    } else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && !this.list.hidden) {
      event.preventDefault();
      const rows = this.rows();
      const step = event.key === "ArrowDown" ? 1 : -1;
      this.chosen = ((this.chosen + 1 + step + rows.length + 1) % (rows.length + 1)) - 1;
      rows.forEach((row, place) => row.setAttribute("aria-selected", String(place === this.chosen)));
      const row = rows[this.chosen];
      if (row) {
        this.input.setAttribute("aria-activedescendant", row.id);
        row.scrollIntoView({ block: "nearest" });
      } else this.input.removeAttribute("aria-activedescendant");
    } else if (event.key === "Enter" && this.chosen >= 0 && !this.list.hidden) {
      event.preventDefault();
      this.open(this.rows()[this.chosen]);
    }
  }

  open(row) {
    if (row) location.assign(row.dataset.url);
  }

  // The question was sent: what is still asked would come too late.
  quiet() {
    clearTimeout(this.timer);
    this.asking?.abort();
    this.close();
  }

  close() {
    this.list.hidden = true;
    this.status.textContent = "";
    this.chosen = -1;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
  }
}

// Pictures further down are there on paper, too.
addEventListener("beforeprint", () => document.querySelectorAll("img[loading=lazy]").forEach((picture) => { picture.loading = "eager"; }));

document.querySelectorAll("[data-theme-switch]").forEach(themeSwitch);
document.querySelectorAll(".pocket-menu").forEach(pocketMenu);
document.querySelectorAll("form[data-suggest]").forEach((form) => new Suggestions(form));
