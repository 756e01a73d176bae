// Whose log-in has ended while a form was open is told so, logs in beside it, and saves the form as it stands.

const { session, words } = JSON.parse(document.getElementById("workplace-addresses").textContent);
let note = null;

function tell() {
  if (note) return;
  note = Object.assign(document.createElement("div"), { className: "session-note" });
  const link = Object.assign(document.createElement("a"), { href: session.login, target: "_blank", textContent: words.login });
  note.setAttribute("role", "alert");
  document.body.append(note);
  note.append(words.loggedOut, " ", link);
}

// The forms' token belongs to the log-in: a new one has another.
function renew(token) {
  for (const field of document.querySelectorAll("[name=csrfmiddlewaretoken]")) field.value = token;
  note?.remove();
  note = null;
}

async function look() {
  const answer = await fetch(session.address, { headers: { Accept: "application/json", "X-Requested-With": "XMLHttpRequest" } }).catch(() => null);
  if (answer?.ok && !answer.redirected) renew((await answer.json()).token);
  else if (answer) tell();
}

document.addEventListener("w-autosave:error", (event) => {
  if (event.detail.type === "server_error") look();
});
window.addEventListener("focus", () => note && look());
