"use strict";
// Keys of review: each presses the button or opens the form that shows it. Typing in a field is typing.
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
  if (event.key === "Escape") {
    for (const open of document.querySelectorAll("details.more[open]")) open.open = false;
    document.activeElement?.blur();
    return;
  }
  if (event.key === "Enter" && event.target.matches?.("details.more select")) {
    event.preventDefault();
    event.target.form.requestSubmit();
    return;
  }
  if (event.target.closest?.("input, select, textarea")) return;
  const key = event.key.toLowerCase();
  if (!/^[a-z]$/.test(key)) return;
  const pressed = document.querySelector(`[data-key="${key}"]`);
  const form = document.querySelector(`[data-open="${key}"]`);
  if (pressed) {
    event.preventDefault();
    if (document.body.dataset.sent) return;
    if (pressed.form) document.body.dataset.sent = "yes";
    pressed.click();
  } else if (form) {
    event.preventDefault();
    form.open = true;
    form.querySelector("select, input:not([type=hidden])")?.focus();
  }
});
window.addEventListener("pageshow", () => delete document.body.dataset.sent);
