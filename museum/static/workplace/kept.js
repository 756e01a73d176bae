// The held form takes the token of the new log-in as soon as its reader comes back.

const session = JSON.parse(document.getElementById("kept-session").textContent);

window.addEventListener("focus", async () => {
  const answer = await fetch(session, { headers: { Accept: "application/json", "X-Requested-With": "XMLHttpRequest" } }).catch(() => null);
  if (!answer?.ok || answer.redirected) return;
  document.querySelector("[name=csrfmiddlewaretoken]").value = (await answer.json()).token;
});
