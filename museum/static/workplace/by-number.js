// Upload by number: the names are matched first, and nothing is sent before it was seen.

import { send, token } from "./sending.js";

const vietnamese = document.documentElement.lang.startsWith("vi");
const WORDS = vietnamese
  ? { match: (a, b) => `${a} tệp tìm được hiện vật, ${b} tệp không.`, would: "sẽ được gắn", done: "đã gắn", sent: (a, b) => `Đã gắn ${a} tệp, ${b} tệp không nhận được.` }
  : { match: (a, b) => `${a} files have found their object, ${b} have not.`, would: "would be attached", done: "attached", sent: (a, b) => `${a} files attached, ${b} not taken.` };
const NAMES_AT_ONCE = 2000;

class UploadByNumber extends HTMLElement {
  connectedCallback() {
    this.input = this.querySelector("input[type=file]");
    this.table = this.querySelector("table");
    this.button = this.querySelector("[data-send]");
    for (const step of this.querySelectorAll("[data-step]")) step.remove();
    this.input.addEventListener("change", () => this.look());
    this.button.addEventListener("click", () => this.sendAll());
  }

  say(text) {
    this.querySelector("[data-summary]").textContent = text;
  }

  async look() {
    const files = [...this.input.files].slice(0, NAMES_AT_ONCE);
    this.files = new Map(files.map((file) => [file.name, file]));
    const answer = await fetch(this.dataset.match, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-CSRFToken": token(), "X-Requested-With": "XMLHttpRequest" },
      body: JSON.stringify({ names: [...this.files.keys()] }),
    });
    const found = await answer.json();
    if (!answer.ok) return this.say(found.message);
    this.rows = found.matches.map((match) => {
      const row = document.createElement("tr");
      const cells = [match.name, match.number || "–", match.suffix, match.problem || WORDS.would];
      row.append(...cells.map((text) => Object.assign(document.createElement("td"), { textContent: text })));
      return { match, row };
    });
    this.table.tBodies[0].replaceChildren(...this.rows.map(({ row }) => row));
    this.table.hidden = false;
    const matched = found.matches.filter((match) => match.object).length;
    this.button.hidden = !matched;
    this.say(WORDS.match(matched, found.matches.length - matched));
  }

  async sendAll() {
    this.button.disabled = true;
    let kept = 0;
    let refused = 0;
    const isText = (name) => /\.(xml|alto|hocr|html?|xhtml|txt)$/i.test(name); // texts look for their pictures
    const wanted = this.rows.filter(({ match }) => match.object);
    for (const { match, row } of [...wanted.filter((one) => !isText(one.match.name)), ...wanted.filter((one) => isText(one.match.name))]) {
      const state = row.lastElementChild;
      const bar = Object.assign(document.createElement("progress"), { max: 1, value: 0 });
      bar.setAttribute("aria-label", match.name);
      state.replaceChildren(bar);
      row.scrollIntoView({ block: "nearest" });
      const result = await send(this.dataset.upload.replace("/0/", `/${match.object}/`), this.files.get(match.name), (part) => (bar.value = part));
      state.textContent = result.ok ? WORDS.done : result.message;
      if (result.ok) kept += 1;
      else refused += 1;
    }
    this.say(WORDS.sent(kept, refused));
    this.button.hidden = true;
    this.button.disabled = false;
  }
}
customElements.define("upload-by-number", UploadByNumber);
