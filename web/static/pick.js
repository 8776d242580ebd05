// Puts the browser's own picker beside a typed day or time, and tells the weekday of a day as it is typed. Without this script
// both are typed.
"use strict";
for (const field of document.querySelectorAll("input[data-pick]")) {
  const day = field.dataset.pick === "date";
  const echo = field.parentElement.querySelector(".echo");
  const native = Object.assign(document.createElement("input"), { type: field.dataset.pick, className: "pick", tabIndex: -1 });
  native.setAttribute("aria-hidden", "true");
  const open = Object.assign(document.createElement("button"), { type: "button", className: "pick-open" });
  const label = document.getElementById(field.id) && document.querySelector(`label[for="${CSS.escape(field.id)}"]`);
  open.setAttribute("aria-label", field.dataset.pickLabel + (label ? ": " + label.textContent.trim() : ""));
  const read = () => {
    const m = day ? /^\s*(\d{1,2})\.(\d{1,2})\.(\d{4})\s*$/.exec(field.value) : /^\s*(\d{1,2})[.:](\d{2})\s*$/.exec(field.value);
    if (!m) return "";
    const two = (x) => x.padStart(2, "0");
    return day ? `${m[3]}-${two(m[2])}-${two(m[1])}` : `${two(m[1])}:${m[2]}`;
  };
  const tell = () => {
    if (!echo) return;
    const at = read() && new Date(read() + "T12:00");
    echo.textContent = at && !isNaN(at) ? at.toLocaleDateString(document.documentElement.lang, { weekday: "long" }) : "";
  };
  open.addEventListener("click", () => { native.value = read(); native.showPicker?.(); });
  native.addEventListener("change", () => {
    if (!native.value) return;
    field.value = day ? native.value.split("-").reverse().map(Number).join(".") : native.value.replace(/^0/, "").replace(":", ".");
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.dispatchEvent(new Event("change", { bubbles: true }));
  });
  field.addEventListener("input", tell);
  field.after(open, native);
}
