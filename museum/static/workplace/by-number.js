// Upload by number: the names are matched first, and nothing is sent before it was seen.

import { send, token } from "./sending.js";

const vietnamese = document.documentElement.lang.startsWith("vi");
const WORDS = vietnamese
  ? {
      match: (a, b) => `${a} tệp tìm được hiện vật, ${b} tệp không.`,
      would: "sẽ được gắn",
      done: "đã gắn",
      again: "Gửi lại",
      gone: "Không nhận được trả lời: hãy kiểm tra kết nối rồi chọn lại các tệp.",
      many: (all, most) => `Đã chọn ${all} tệp, mỗi lần nhận nhiều nhất ${most}: danh sách chỉ có ${most} tệp đầu. Sau đó hãy chọn các tệp còn lại.`,
      sent: (a, b, c) => `Đã gắn ${a} tệp.${b ? ` ${b} tệp không nhận được: lý do ở cạnh tên tệp.` : ""}${c ? ` ${c} tệp không có hiện vật: hãy đổi tên, hoặc thêm ở trang của hiện vật.` : ""}`,
    }
  : {
      match: (a, b) => `${files(a)} found ${a === 1 ? "its" : "their"} object, ${b} did not.`,
      would: "would be attached",
      done: "attached",
      again: "Send again",
      gone: "No answer came: check the connection, then choose the files again.",
      many: (all, most) => `${all} files were chosen, ${most} are taken at once: the list has the first ${most}. Choose the others afterwards.`,
      sent: (a, b, c) => `${files(a)} attached.${b ? ` ${b} not taken: the reason stands beside each.` : ""}${c ? ` ${c} without an object: rename ${c === 1 ? "it" : "them"}, or add ${c === 1 ? "it" : "them"} on the object's page.` : ""}`,
    };
const files = (n) => (n === 1 ? "1 file" : `${n} files`);
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
    const chosen = [...this.input.files];
    this.files = new Map(chosen.slice(0, NAMES_AT_ONCE).map((file) => [file.name, file]));
    const answer = await fetch(this.dataset.match, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-CSRFToken": token(), "X-Requested-With": "XMLHttpRequest" },
      body: JSON.stringify({ names: [...this.files.keys()] }),
    }).catch(() => null);
    const found = await answer?.json().catch(() => null);
    if (!answer?.ok || !found) return this.say(found?.message ?? WORDS.gone);
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
    this.unmatched = found.matches.length - matched;
    const many = chosen.length > NAMES_AT_ONCE ? ` ${WORDS.many(chosen.length, NAMES_AT_ONCE)}` : "";
    this.say(WORDS.match(matched, this.unmatched) + many);
  }

  async sendAll() {
    this.button.disabled = true;
    window.addEventListener("beforeunload", stay);
    const isText = (name) => /\.(xml|alto|hocr|html?|xhtml|txt)$/i.test(name); // texts look for their pictures
    const wanted = this.rows.filter(({ match }) => match.object);
    for (const one of [...wanted.filter(({ match }) => !isText(match.name)), ...wanted.filter(({ match }) => isText(match.name))]) await this.sendOne(one);
    window.removeEventListener("beforeunload", stay);
    this.button.hidden = true;
    this.button.disabled = false;
  }

  async sendOne(one) {
    const { match, row } = one;
    const state = row.lastElementChild;
    const bar = Object.assign(document.createElement("progress"), { max: 1, value: 0 });
    bar.setAttribute("aria-label", match.name);
    state.replaceChildren(bar);
    row.scrollIntoView({ block: "nearest" });
    const result = await send(this.dataset.upload.replace("/0/", `/${match.object}/`), this.files.get(match.name), (part) => (bar.value = part));
    one.outcome = result.ok ? "kept" : "refused";
    state.textContent = result.ok ? WORDS.done : result.message;
    if (result.ok) row.children[1].replaceChildren(Object.assign(document.createElement("a"), { href: this.dataset.pictures.replace("/0/", `/${match.object}/`), textContent: match.number }));
    if (result.again) {
      const again = Object.assign(document.createElement("button"), { type: "button", className: "button button-small button-secondary", textContent: WORDS.again });
      again.addEventListener("click", () => this.sendOne(one));
      state.append(" ", again);
    }
    const count = (outcome) => this.rows.filter((each) => each.outcome === outcome).length;
    this.say(WORDS.sent(count("kept"), count("refused"), this.unmatched));
  }
}
// while files are on their way the browser asks before it leaves
const stay = (event) => event.preventDefault();
customElements.define("upload-by-number", UploadByNumber);
