/* Buttons that copy a text or the address, and one that prints a single panel.
   <button data-copy="text">, <button data-copy-link>, <button data-print="plan"> (the class of the panel). */
(function () {
  "use strict";
  const SAID_MS = 2000;
  const root = document.documentElement;
  const told = document.createElement("p"); // for those who listen; the eye has the button
  told.className = "only-spoken";
  told.setAttribute("role", "status");
  document.body.append(told); // scripts stand at the end of the body

  function copy(text) {
    if (navigator.clipboard) return navigator.clipboard.writeText(text).catch(() => copyBySelection(text));
    return copyBySelection(text); // plain http: the browser gives no clipboard
  }

  function copyBySelection(text) {
    const focused = document.activeElement, field = document.createElement("textarea");
    field.value = text;
    field.className = "only-spoken";
    document.body.append(field);
    field.select();
    const done = document.execCommand("copy");
    field.remove();
    if (focused) focused.focus();
    return done ? Promise.resolve() : Promise.reject(new Error("nothing was copied"));
  }

  // React owns the text of a button: the word stands over it for a moment (CSS), and the button keeps its width.
  function say(button, word) {
    button.dataset.said = word;
    told.textContent = word;
    clearTimeout(button.silence);
    button.silence = setTimeout(() => { delete button.dataset.said; told.textContent = ""; }, SAID_MS);
  }

  // Paper is white, whatever the screen was.
  let onScreen = null;
  function toPaper() {
    if (onScreen === null) onScreen = root.dataset.bsTheme;
    root.dataset.bsTheme = "light";
  }
  function toScreen() {
    if (onScreen !== null) root.dataset.bsTheme = onScreen;
    onScreen = null;
  }
  window.addEventListener("beforeprint", toPaper);
  window.addEventListener("afterprint", toScreen);

  function print(panel) {
    const folded = [...document.querySelectorAll(`.${panel} details:not([open])`)];
    folded.forEach((part) => { part.open = true; });
    toPaper();
    root.dataset.print = panel;
    window.addEventListener("afterprint", () => {
      delete root.dataset.print;
      folded.forEach((part) => { part.open = false; });
    }, { once: true });
    window.print();
  }

  document.addEventListener("click", (event) => {
    const found = event.target instanceof Element && event.target.closest("[data-copy], [data-copy-link], [data-copy-path], [data-print], [data-show]");
    if (!found) return;
    if (found.dataset.print) return print(found.dataset.print);
    if (found.dataset.show) return show(found.dataset.show);
    const text = found.dataset.copyPath ? location.origin + found.dataset.copyPath : "copyLink" in found.dataset ? location.href : found.dataset.copy;
    copy(text).then(() => say(found, "Tersalin"), () => say(found, "Gagal menyalin"));
  });

  (window.ruangPantau = window.ruangPantau || {}).copyText = (text, button) =>
    copy(text).then(() => say(button, "Tersalin"), () => say(button, "Gagal menyalin"));

  // A link that changes a panel elsewhere on the page: go there, when no other page was asked for.
  function show(selector) {
    const panel = document.querySelector(selector);
    if (panel) panel.scrollIntoView();
  }
})();
