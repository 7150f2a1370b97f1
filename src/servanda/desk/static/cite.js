"use strict";
// Copies one form of a citation; without a clipboard it selects it, to be copied by hand.
for (const button of document.querySelectorAll("button[data-copy]")) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    const told = document.getElementById(button.dataset.copy);
    try {
      await navigator.clipboard.writeText(told.textContent);
      button.textContent = "✓";
    } catch {
      getSelection().selectAllChildren(told);
    }
  });
}
