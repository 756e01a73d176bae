// Pictures of an object: upload with progress, states that keep themselves fresh, order by dragging.

import { send, token } from "./sending.js";

const WORDS = document.documentElement.lang.startsWith("vi") ? { again: "Gửi lại", sending: "Đang gửi", others: "Số tệp khác đã nhận: {n}.", show: "Hiện ra" }
  : { again: "Send again", sending: "Sending", others: "Other files that have arrived: {n}.", show: "Show them" };
const AT_ONCE = 2;
const TEXTS = /\.(xml|alto|hocr|html?|xhtml|txt)$/i; // texts of pages wait until their pictures have arrived
const FRESH = 2000;

class ObjectPictures extends HTMLElement {
  connectedCallback() {
    this.queue = [];
    this.running = 0;
    this.drop = this.querySelector(".pictures__drop");
    this.progress = this.querySelector(".pictures__progress");
    if (this.drop) {
      this.drop.hidden = false;
      this.querySelector("[data-pictures-send]")?.remove();
      const input = this.querySelector("[data-pictures-files]");
      this.querySelector("[data-pictures-choose]")?.addEventListener("click", () => input.click());
      input.addEventListener("change", () => {
        this.take(input.files);
        input.value = "";
      });
      this.addEventListener("dragover", (event) => {
        if (!event.dataTransfer.types.includes("Files")) return;
        event.preventDefault();
        this.classList.add("pictures--over");
      });
      this.addEventListener("dragleave", () => this.classList.remove("pictures--over"));
      this.addEventListener("drop", (event) => {
        event.preventDefault();
        this.classList.remove("pictures--over");
        this.take(event.dataTransfer.files);
      });
    }
    this.addEventListener("click", (event) => {
      const act = event.target.closest("[data-pictures-act]")?.dataset.picturesAct;
      if (act) this.act(act);
    });
    this.watch();
  }

  take(files) {
    for (const file of files) {
      const line = document.createElement("li");
      const bar = Object.assign(document.createElement("progress"), { max: 1, value: 0 });
      const words = document.createElement("span");
      bar.setAttribute("aria-label", `${WORDS.sending} ${file.name}`);
      line.append(`${file.name} `, bar, " ", words);
      this.progress.append(line);
      this.queue.push({ file, line, bar, words });
    }
    this.queue.sort((a, b) => TEXTS.test(a.file.name) - TEXTS.test(b.file.name));
    this.next();
  }

  async next() {
    while (this.running < AT_ONCE && this.queue.length) {
      const text = TEXTS.test(this.queue[0].file.name);
      if (text && this.pictures) return;
      this.running += 1;
      this.pictures = (this.pictures ?? 0) + !text;
      this.one(this.queue.shift()).finally(() => {
        this.running -= 1;
        this.pictures -= !text;
        if (!this.queue.length && !this.running) this.finished();
        else this.next();
      });
    }
  }

  async one(item) {
    const result = await send(this.dataset.upload, item.file, (part) => (item.bar.value = part));
    if (result.ok) {
      this.arrived = (this.arrived ?? 0) + 1;
      item.line.remove();
      return;
    }
    item.bar.remove();
    item.line.firstChild.textContent = `${item.file.name}: `;
    item.words.textContent = result.message;
    item.line.classList.add("pictures__refused");
    if (result.again) {
      const again = Object.assign(document.createElement("button"), { type: "button", className: "button button-small button-secondary", textContent: WORDS.again });
      again.addEventListener("click", () => {
        item.line.remove();
        this.take([item.file]);
      });
      item.line.append(" ", again);
    }
  }

  finished() {
    if (this.hasAttribute("data-reload")) {
      if (!this.progress.querySelector(".pictures__refused")) window.location.reload();
      else if (this.arrived) this.tellOthers();
      return;
    }
    this.refresh();
  }

  // The sentences about what was refused stay, and with them the page as it was: without this it looked as if nothing had come.
  tellOthers() {
    this.progress.querySelector(".pictures__others")?.remove();
    const line = Object.assign(document.createElement("li"), { className: "pictures__others", textContent: `${WORDS.others.replace("{n}", this.arrived)} ` });
    line.append(Object.assign(document.createElement("a"), { href: window.location.href.split("#")[0], textContent: WORDS.show }));
    this.progress.append(line);
  }

  async refresh() {
    const answer = await fetch(this.dataset.list, { headers: { "X-Requested-With": "XMLHttpRequest" } });
    if (!answer.ok) return;
    const list = this.querySelector("[data-pictures-list]");
    if (list.contains(document.activeElement)) {
      this.watch(FRESH * 2);
      return;
    }
    list.innerHTML = await answer.text();
    this.watch();
  }

  // while files are being prepared, ask again
  watch(after = FRESH) {
    clearTimeout(this.timer);
    if (this.dataset.list && this.querySelector("[data-unfinished=true]")) this.timer = setTimeout(() => this.refresh(), after);
  }

  async act(act) {
    await fetch(this.dataset.page, { method: "POST", headers: { "X-CSRFToken": token() }, body: new URLSearchParams({ act }), redirect: "manual" });
    this.refresh();
  }

  disconnectedCallback() {
    clearTimeout(this.timer);
  }
}
customElements.define("object-pictures", ObjectPictures);

// on the page of pictures: what is being prepared is drawn anew when it is ready; what was ticked or typed stays
const page = document.querySelector("[data-pictures-order]");
const PREPARED = ".picture__frame, .picture__state, .picture__act";

async function look() {
  const answer = await fetch(window.location.href, { headers: { "X-Requested-With": "XMLHttpRequest" } }).catch(() => null);
  const fresh = answer?.ok ? new DOMParser().parseFromString(await answer.text(), "text/html") : null;
  for (const item of page.querySelectorAll("[data-unfinished=true]")) {
    const now = fresh?.getElementById(item.id);
    const [was, is] = [item, now].map((each) => [...(each?.querySelectorAll(PREPARED) ?? [])]);
    if (!now || was.length !== is.length) continue;
    was.forEach((part, index) => part.contains(document.activeElement) || part.outerHTML === is[index].outerHTML || part.replaceWith(is[index]));
    item.dataset.unfinished = now.dataset.unfinished;
  }
  watch();
}

function watch() {
  if (page?.querySelector("[data-unfinished=true]")) setTimeout(look, FRESH * 2);
}
watch();

// order on the page of pictures
const order = document.querySelector("[data-pictures-order]");
if (order) {
  let dragged = null;
  const renumber = () => [...order.children].forEach((item, index) => {
    const place = item.querySelector(".picture__place");
    if (place) place.value = Number(order.dataset.first) + index;
  });
  order.addEventListener("dragstart", (event) => {
    dragged = event.target.closest("li");
    event.dataTransfer.effectAllowed = "move";
    dragged.classList.add("picture--dragged");
  });
  order.addEventListener("dragover", (event) => {
    const over = event.target.closest("li");
    if (!dragged || !over || over === dragged) return;
    event.preventDefault();
    const items = [...order.children];
    over[items.indexOf(dragged) < items.indexOf(over) ? "after" : "before"](dragged);
  });
  order.addEventListener("dragend", () => {
    dragged?.classList.remove("picture--dragged");
    dragged = null;
    renumber();
  });
}
const all = document.querySelector("[data-pictures-all]");
all?.addEventListener("change", () => document.querySelectorAll("#pictures-form [name=use]").forEach((box) => (box.checked = all.checked)));
document.addEventListener("click", (event) => {
  const question = event.target.closest("[data-confirm]")?.dataset.confirm;
  if (question && !window.confirm(question)) event.preventDefault();
});
