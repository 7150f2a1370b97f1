"use strict";
// Conveniences only: every page reads and every form works without this file.

// The fact whose words are cited comes into sight beside the text.
function showCited() {
  const fact = document.querySelector(".facts .fact.cited, .facts .fact:target");
  const panel = fact && fact.closest(".facts");
  if (panel && panel.scrollHeight > panel.clientHeight) {
    panel.scrollTop = fact.offsetTop - panel.offsetTop - panel.clientHeight / 3;
  }
}

// "/" goes to the search field, as in other reference works; not while one types elsewhere.
function toSearch(event) {
  const typing = event.target.closest("input, textarea, select, [contenteditable]");
  if (event.key !== "/" || typing || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  (document.querySelector("#q") || document.querySelector("#find")).focus();
}

// The page one is on stands in sight in the narrow row of pages.
function showPlace() {
  const here = document.querySelector(".side a[aria-current]");
  const row = here && here.closest(".side");
  if (row && row.scrollWidth > row.clientWidth) row.scrollLeft = here.offsetLeft - row.clientWidth / 3;
}

document.addEventListener("keydown", toSearch);
addEventListener("hashchange", showCited);
showCited();
showPlace();

// Filters that are not set stay out of the address.
document.addEventListener("htmx:configRequest", (event) => {
  const given = event.detail.formData || event.detail.parameters;
  if (event.detail.verb !== "get" || !given) return;
  const empty = given instanceof FormData ? [...given.keys()] : Object.keys(given);
  for (const name of empty) {
    if (given instanceof FormData ? given.get(name) === "" : given[name] === "") {
      given instanceof FormData ? given.delete(name) : delete given[name];
    }
  }
});
