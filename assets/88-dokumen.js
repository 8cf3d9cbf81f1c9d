/* Dokumen: choices go into the URL, a click becomes an order, and what is being made is watched until it is there. */
(function () {
  "use strict";
  const LOOK_MS = 1000, PATIENCE_MS = 20000; // a click is followed for so long, also before its batch is seen
  const space = window.ruangPantau;
  let form = null, sent = 0, waiting = null, watchUntil = 0;

  const field = () => document.getElementById("document-unit");
  const kept = () => document.querySelector('[data-subview="dokumen-simpanan"]');
  const put = (id, props) => window.dash_clientside.set_props(id, props);

  function documentUnits(fresh) {
    const list = document.getElementById("document-unit-names");
    if (!fresh || !list) return;
    form = fresh;
    if (list.children.length !== fresh.units.length) {
      list.replaceChildren(...fresh.units.map(([, name]) => Object.assign(document.createElement("option"), { value: name })));
    }
    if (document.activeElement !== field()) put("document-unit", { value: fresh.unit_name });
    document.querySelector("[data-make]").disabled = !fresh.allowed;
  }

  function say(words, bad) {
    const line = document.querySelector(".doc-said");
    if (!line) return;
    line.textContent = words;
    line.classList.toggle("bad", !!bad);
  }

  function order(deed, more) {
    sent += 1;
    waiting = sent;
    say("Meminta…");
    put("document-order", { data: { kali: sent, tindakan: deed, ...more } });
  }

  function documentAnswer(answer) {
    if (!answer || answer.kali !== waiting) return;
    waiting = null;
    say(answer.kata, !answer.baik);
    watchUntil = answer.baik ? Date.now() + PATIENCE_MS : 0;
    look();
  }

  function look() { if (kept()) space.drawAgain(kept()); }

  setInterval(() => {
    if (!kept() || document.hidden) return;
    if (Date.now() < watchUntil || document.querySelector(".jobs [data-busy]")) look();
  }, LOOK_MS);

  /* The name that was typed, as the unit it belongs to. */
  function choose(name) {
    const found = form && form.units.find((unit) => unit[1].toLowerCase() === name.trim().toLowerCase());
    if (!found) return false;
    say("");
    space.setQuery({ unit: found[0], halaman: "" });
    return true;
  }

  document.addEventListener("input", (event) => {
    if (event.target === field() && choose(event.target.value)) event.target.blur();
  });
  document.addEventListener("focusin", (event) => {
    if (field() && event.target === field()) put("document-unit", { value: "" }); // the list of names is whole again
  });
  document.addEventListener("focusout", (event) => {
    if (!field() || event.target !== field()) return;
    const typed = event.target.value.trim();
    if (typed && !choose(typed)) say(`Unit "${typed}" tidak dikenal; pilih dari daftar.`, true);
    if (form) setTimeout(() => put("document-unit", { value: form.unit_name }), 0);
  });
  document.addEventListener("change", (event) => {
    if (event.target.id === "document-period" && form) space.setQuery({ [form.period_name]: event.target.value, halaman: "" });
  });
  document.addEventListener("click", (event) => {
    if (!(event.target instanceof Element) || !kept()) return;
    const resumed = event.target.closest("[data-resume]");
    if (event.target.closest("[data-make]") && form) order("buat", { jenis: form.kind, unit: form.unit, periode: form.period });
    else if (resumed) order("lanjut", { nomor: resumed.dataset.resume });
  });

  Object.assign(window.dash_clientside.ruangPantau, { documentUnits, documentAnswer });
})();
