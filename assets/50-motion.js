/* Motion only when data change: rows slide to their new rank, figures roll once. Nothing loops, no text is edited here:
   React owns it. On the wall the pointer hides, and the whole picture moves a few pixels now and then for the panel's sake. */
(function () {
  "use strict";
  const SLIDE_MS = 300, ROLL_MS = 400, NEW_MS = 20000, IDLE_MS = 4000, SHIFT_MS = 4 * 60000;
  const SHIFTS = [[0, 0], [3, 0], [3, -2], [0, -2]]; // px
  const root = document.documentElement;
  const calm = window.matchMedia("(prefers-reduced-motion: reduce)");
  const lists = new Map(); // id of the panel body -> Map(key -> top inside the list)
  const figures = new Map(); // id of the holder + name of the figure -> text
  const newUntil = new Map(); // id of the panel body + key -> time
  let planned = false;

  const holder = (element) => (element.closest("[id]") || root).id;

  function groups() {
    const found = new Map();
    for (const row of document.querySelectorAll("li[data-key]")) {
      const id = holder(row);
      if (!found.has(id)) found.set(id, []);
      found.get(id).push(row);
    }
    return found;
  }

  function slide(id, rows, moving) {
    const before = lists.get(id);
    const start = rows[0].parentElement.getBoundingClientRect().top;
    const after = new Map(rows.map((row) => [row.dataset.key, row.getBoundingClientRect().top - start]));
    lists.set(id, after);
    // Another view (filter, page) is another list: it is put there, it does not move.
    const kept = before ? rows.filter((row) => before.has(row.dataset.key)).length : 0;
    if (!before || kept * 2 < rows.length) return;
    for (const row of rows) {
      const from = before.get(row.dataset.key);
      if (from === undefined) newUntil.set(id + row.dataset.key, Date.now() + NEW_MS);
      if (moving) animateRow(row, from, after.get(row.dataset.key));
    }
  }

  function animateRow(row, from, to) {
    if (from === undefined) row.animate([{ opacity: 0 }, { opacity: 1 }], SLIDE_MS);
    else if (Math.abs(from - to) > 1) {
      row.animate([{ transform: `translateY(${from - to}px)` }, { transform: "none" }], { duration: SLIDE_MS, easing: "ease-out" });
    }
  }

  // The rule at a new row follows its key, because React may give the same element to another row.
  function markNew() {
    const now = Date.now();
    for (const [key, until] of newUntil) if (until <= now) newUntil.delete(key);
    for (const row of document.querySelectorAll("[data-mark-new] > li[data-key]")) {
      row.toggleAttribute("data-new", newUntil.has(holder(row) + row.dataset.key));
    }
  }

  function roll(moving) {
    for (const figure of document.querySelectorAll("[data-figure]")) {
      const key = holder(figure) + figure.dataset.figure;
      const before = figures.get(key);
      figures.set(key, figure.textContent);
      if (!moving || before === undefined || before === "–" || before === figure.textContent) continue;
      figure.animate([{ transform: "translateY(.12em)", opacity: .3 }, { transform: "none", opacity: 1 }], { duration: ROLL_MS, easing: "ease-out" });
    }
  }

  function look(moving) {
    for (const [id, rows] of groups()) slide(id, rows, moving);
    roll(moving);
    markNew();
  }

  function plan() {
    if (planned) return;
    planned = true;
    requestAnimationFrame(function () {
      planned = false;
      look(!calm.matches);
    });
  }

  const isData = (change) => !(change.target.parentElement || root).closest(".top");
  new MutationObserver((changes) => { if (changes.some(isData)) plan(); })
    .observe(document.body, { childList: true, characterData: true, subtree: true, attributes: true, attributeFilter: ["data-key"] });
  window.addEventListener("resize", () => requestAnimationFrame(() => look(false)));
  setInterval(markNew, 1000);

  let idle;
  function rest() { root.toggleAttribute("data-idle", true); }
  document.addEventListener("pointermove", function () {
    root.removeAttribute("data-idle");
    clearTimeout(idle);
    idle = setTimeout(rest, IDLE_MS);
  });
  rest();

  function shift() {
    const [x, y] = SHIFTS[Math.floor(Date.now() / SHIFT_MS) % SHIFTS.length];
    root.style.setProperty("--shift-x", `${x}px`);
    root.style.setProperty("--shift-y", `${y}px`);
  }
  shift();
  setInterval(shift, SHIFT_MS / 4);
})();
