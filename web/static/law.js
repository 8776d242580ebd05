// Tells what the law says of a trial's days and hours as they are written: the server judges them, nothing is stored.
// Without this script the same is said when the form is sent.
"use strict";
for (const box of document.querySelectorAll("[data-law]")) {
  const form = box.closest("form");
  let asked = 0;
  form.addEventListener("change", async () => {
    const mine = ++asked;
    const url = new URL(box.dataset.law, location.href);
    for (const name of ["starts_on", "ends_on", "starts_at", "hours", "week_days"]) url.searchParams.set(name, form.elements[name].value);
    if (form.elements.continuing.checked) url.searchParams.set("continuing", "yes");
    try {
      const answer = await fetch(url);
      const said = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-law]");
      if (mine !== asked || !said) return;
      box.hidden = false;
      box.replaceChildren(...said.childNodes);
    } catch { /* the network is gone: the form says it when it is sent */ }
  });
}
