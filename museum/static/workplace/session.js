// Whose log-in has ended while a form was open is told so, logs in beside it, and saves the form as it stands. Nobody saves a form under another's name.

const { session, words } = JSON.parse(document.getElementById("workplace-addresses").textContent);
let note = null;

function tell(...said) {
  note?.remove();
  note = Object.assign(document.createElement("div"), { className: "session-note" });
  note.setAttribute("role", "alert");
  document.body.append(note);
  note.append(...said);
}

// The forms' token belongs to the log-in: a new one has another.
function renew(token) {
  for (const field of document.querySelectorAll("[name=csrfmiddlewaretoken]")) field.value = token;
  note?.remove();
  note = null;
}

// Who is logged in now, with the token of that log-in; nothing when nobody is.
async function ask() {
  const answer = await fetch(session.address, { headers: { Accept: "application/json", "X-Requested-With": "XMLHttpRequest" } });
  return answer.ok && !answer.redirected ? answer.json() : null;
}

const opened = ask().catch(() => null); // whose form this is

async function look() {
  const [first, now] = [await opened, await ask().catch(() => undefined)];
  if (now === undefined) return; // the museum does not answer: nothing is known
  if (!now) tell(words.loggedOut, " ", Object.assign(document.createElement("a"), { href: session.login, target: "_blank", textContent: words.login }));
  else if (first && now.who !== first.who) tell(words.another.replace("{name}", now.name));
  else renew(now.token);
}

document.addEventListener("w-autosave:error", (event) => {
  if (event.detail.type === "server_error") look();
});
window.addEventListener("focus", () => note && look());
