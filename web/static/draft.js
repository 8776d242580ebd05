// Keeps what is typed into a form as a draft on the server, three seconds after the last key. Without this script the
// button "save draft" does the same.
"use strict";
for (const form of document.querySelectorAll("form[data-draft]")) {
  const state = form.querySelector(".draft-state");
  let timer = 0;
  const keep = async () => {
    try {
      const answer = await fetch(form.dataset.draft, { method: "POST", headers: { "X-Autosave": "1" }, body: new URLSearchParams(new FormData(form)), redirect: "manual" });
      if (answer.status === 204 && state) {
        const now = new Date();
        state.textContent = state.dataset.kept + " " + now.getHours() + "." + String(now.getMinutes()).padStart(2, "0");
      }
    } catch { /* the network is gone: the next key tries again, and the button always works */ }
  };
  form.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(keep, 3000); });
  form.addEventListener("submit", () => clearTimeout(timer));
}
