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

// Words chosen in a document's text are those that a fact is entered on; F goes there.
const entering = document.querySelector("a.enter");
const article = document.querySelector("article.text");

function wordsOf(range) {
  const part = range.cloneContents();
  for (const note of part.querySelectorAll(".n, .noted")) note.remove();
  return part.textContent;
}

function chosen() {
  const selection = getSelection();
  if (selection.isCollapsed || !article.contains(selection.getRangeAt(0).commonAncestorContainer)) return;
  const range = selection.getRangeAt(0);
  const before = document.createRange();
  before.setStart(article, 0);
  before.setEnd(range.startContainer, range.startOffset);
  const address = new URL(entering.href);
  address.searchParams.delete("end");
  address.searchParams.set("start", [...wordsOf(before)].length);
  address.searchParams.set("quote", wordsOf(range).slice(0, 1500));
  entering.href = address;
}

if (entering && article) {
  document.addEventListener("selectionchange", chosen);
  document.addEventListener("keydown", (event) => {
    if (event.key.toLowerCase() !== "f" || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("input, textarea, select, [contenteditable]")) return;
    chosen();
    entering.click();
  });
}

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
