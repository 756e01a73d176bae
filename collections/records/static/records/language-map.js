// <language-map>: the texts of one field as tabs, one tab per language, and a way to add a language.
// Without this script the texts stand below each other, each with its label: nothing is out of reach.

const SUGGESTED = ["vi-Hani", "lzh", "zh-Hant", "zh-Hans", "fr", "ja", "ko", "id", "cjm", "km", "lo", "th", "de", "ru", "es"];
const OWN_NAMES = {
  en: { "vi-Hani": "Vietnamese (Hán-Nôm)", lzh: "Literary Chinese", "zh-Hant": "Chinese (traditional)", "zh-Hans": "Chinese (simplified)", cjm: "Cham" },
  vi: { "vi-Hani": "Tiếng Việt (chữ Hán-Nôm)", lzh: "Hán văn", "zh-Hant": "Tiếng Trung (phồn thể)", "zh-Hans": "Tiếng Trung (giản thể)", cjm: "Tiếng Chăm" },
};
const WORDS = {
  en: { add: "Language", choose: "Add a language", other: "another one …", ask: "Code of the language, such as zh-Hant (traditional Chinese), ja (Japanese) or cjm (Cham):", wrong: "That is not the code of a language:", stale: "out of date", languages: "Languages" },
  vi: { add: "Ngôn ngữ", choose: "Thêm ngôn ngữ", other: "ngôn ngữ khác …", ask: "Mã của ngôn ngữ, ví dụ zh-Hant (chữ Hán phồn thể), ja (tiếng Nhật) hoặc cjm (tiếng Chăm):", wrong: "Không phải mã ngôn ngữ:", stale: "đã cũ", languages: "Các ngôn ngữ" },
};

const reader = document.documentElement.lang.startsWith("vi") ? "vi" : "en";
const words = WORDS[reader];
const names = new Intl.DisplayNames([reader], { type: "language", fallback: "code" });

function nameOf(tag) {
  return OWN_NAMES[reader][tag] ?? names.of(tag);
}

class LanguageMap extends HTMLElement {
  connectedCallback() {
    // rows are moved by taking them out and putting them back: build once
    if (this.list) return;
    this.list = document.createElement("div");
    this.list.className = "language-map__tabs";
    this.tabs = document.createElement("div");
    this.tabs.setAttribute("role", "tablist");
    this.tabs.setAttribute("aria-label", words.languages);
    this.tabs.className = "language-map__tablist";
    this.list.append(this.tabs, this.adder());
    this.prepend(this.list);
    for (const text of this.texts()) this.addTab(text);
    const first = this.texts().find((text) => this.control(text).value) ?? this.texts().find((text) => text.dataset.language === reader) ?? this.texts()[0];
    if (this.querySelector("[aria-invalid]")) this.classList.add("language-map--invalid");
    this.show(first.dataset.language);
    this.addEventListener("input", () => this.mark());
    this.addEventListener("change", () => this.mark());
    this.tabs.addEventListener("keydown", (event) => this.move(event));
    this.mark();
  }

  texts() {
    return [...this.querySelectorAll(":scope > [data-language]")];
  }

  control(text) {
    return text.querySelector("input[type=text], textarea");
  }

  addTab(text) {
    const tag = text.dataset.language;
    const panel = `${this.id}-panel-${tag}`;
    const tab = document.createElement("button");
    tab.type = "button";
    tab.id = `${this.id}-tab-${tag}`;
    tab.className = "language-map__tab";
    tab.setAttribute("role", "tab");
    tab.setAttribute("aria-controls", panel);
    tab.dataset.tag = tag;
    tab.title = nameOf(tag);
    tab.textContent = tag;
    tab.setAttribute("aria-label", nameOf(tag));
    tab.addEventListener("click", () => this.show(tag));
    text.id = panel;
    text.setAttribute("role", "tabpanel");
    text.setAttribute("aria-labelledby", tab.id);
    this.tabs.append(tab);
  }

  show(tag) {
    for (const text of this.texts()) text.hidden = text.dataset.language !== tag;
    for (const tab of this.tabs.children) {
      const chosen = tab.dataset.tag === tag;
      tab.setAttribute("aria-selected", chosen);
      tab.tabIndex = chosen ? 0 : -1;
    }
  }

  move(event) {
    const tabs = [...this.tabs.children];
    const at = tabs.indexOf(document.activeElement);
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: tabs.length - 1 }[event.key];
    if (at < 0 || to === undefined) return;
    event.preventDefault();
    const tab = tabs[(to + tabs.length) % tabs.length];
    this.show(tab.dataset.tag);
    tab.focus();
  }

  // which tabs hold a text, and which translation is out of date
  mark() {
    for (const text of this.texts()) {
      const tab = this.tabs.querySelector(`[data-tag="${text.dataset.language}"]`);
      const filled = Boolean(this.control(text).value.trim());
      const state = text.querySelector("select[name$=__state]");
      const stale = filled && state.value === "stale";
      tab.classList.toggle("language-map__tab--filled", filled);
      tab.classList.toggle("language-map__tab--stale", stale);
      tab.setAttribute("aria-label", stale ? `${nameOf(text.dataset.language)}, ${words.stale}` : nameOf(text.dataset.language));
      text.querySelector(".language-map__state").hidden = !filled;
      text.querySelector("select[name$=__of]").hidden = ["", "source"].includes(state.value);
    }
  }

  adder() {
    const select = document.createElement("select");
    select.className = "language-map__add";
    select.setAttribute("aria-label", words.choose);
    const offer = () => {
      const there = this.texts().map((text) => text.dataset.language);
      const options = SUGGESTED.filter((tag) => !there.includes(tag)).map((tag) => new Option(`${nameOf(tag)} (${tag})`, tag));
      select.replaceChildren(new Option(`+ ${words.add}`, ""), ...options, new Option(words.other, "?"));
    };
    offer();
    select.addEventListener("change", (event) => {
      event.stopPropagation();
      const tag = select.value === "?" ? this.ask() : select.value;
      if (tag) this.add(tag);
      offer();
    });
    return select;
  }

  ask() {
    const typed = window.prompt(words.ask)?.trim();
    if (!typed) return "";
    try {
      return Intl.getCanonicalLocales(typed)[0];
    } catch {
      window.alert(`${words.wrong} ${typed}`);
      return "";
    }
  }

  add(tag) {
    if (!this.texts().some((text) => text.dataset.language === tag)) {
      const model = this.texts()[0];
      const text = model.cloneNode(true);
      const old = model.dataset.language;
      text.dataset.language = tag;
      text.removeAttribute("hidden");
      for (const field of text.querySelectorAll("input, textarea, select")) {
        field.name = field.name.replace(`__${old}`, `__${tag}`);
        if (field.id) field.id = field.id.replace(`__${old}`, `__${tag}`);
        if (field.tagName === "SELECT") field.selectedIndex = 0;
        else {
          field.value = "";
          field.lang = tag;
          field.dir = "auto";
        }
        field.removeAttribute("aria-invalid");
      }
      text.querySelector("label").htmlFor = this.control(text).id;
      text.querySelector("label").replaceChildren(nameOf(tag), " ", Object.assign(document.createElement("code"), { textContent: tag }));
      for (const option of text.querySelectorAll("select[name$=__of] option")) if (option.value === tag) option.remove();
      this.texts().at(-1).after(text);
      this.addTab(text);
    }
    this.show(tag);
    this.mark();
    this.control(this.texts().find((text) => text.dataset.language === tag)).focus();
  }
}

customElements.define("language-map", LanguageMap);
