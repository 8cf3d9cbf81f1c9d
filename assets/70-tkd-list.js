/* The list of all units. Its rows come as HTML from components/tkd_table.py: hundreds of rows drawn by React would keep
   the browser busy for seconds. A row is replaced only when its HTML changed, so figures do not flicker and the focus stays. */
(function () {
  "use strict";
  const TYPING_MS = 200;
  const EVERYWHERE = "semua"; // the select's word for no choice
  const drawn = new WeakMap(); // place -> {head, rows: Map(key -> {html, element})}
  const space = (window.ruangPantau = window.ruangPantau || {});
  let typing = null;

  const search = () => document.getElementById("tkd-search");
  const asked = (name) => new URLSearchParams(location.search).get(name) || "";

  function mount(place) {
    const table = document.createElement("table");
    place.replaceChildren(table);
    table.append(document.createElement("tbody"));
    const known = { head: null, rows: new Map(), table, body: table.tBodies[0] };
    drawn.set(place, known);
    return known;
  }

  function parsed(html) {
    const template = document.createElement("template");
    template.innerHTML = html;
    return template.content;
  }

  function drawHead(known, data) {
    known.table.className = "ut " + data.shape;
    if (known.head === data.head) return;
    known.head = data.head;
    known.table.replaceChildren(...parsed(`<table>${data.head}</table>`).firstChild.childNodes, known.body);
  }

  function drawRows(known, rows) {
    const changed = rows.filter(([key, html]) => known.rows.get(key)?.html !== html);
    const fresh = parsed(`<table><tbody>${changed.map(([, html]) => html).join("")}</tbody></table>`);
    const elements = [...fresh.querySelectorAll("tr")];
    const made = new Map(changed.map(([key, html], place) => [key, { html, element: elements[place] }]));
    const next = new Map(rows.map(([key]) => [key, made.get(key) || known.rows.get(key)]));
    for (const [key, old] of known.rows) {
      if (next.get(key)?.element !== old.element) old.element.remove();
    }
    let place = known.body.firstChild; // only what changed its place is moved: a moved row would lose the focus
    for (const { element } of next.values()) {
      if (element === place) place = place.nextSibling;
      else known.body.insertBefore(element, place);
    }
    known.rows = next;
  }

  /* Where the focus is in the table: which link of which row, or which title. */
  function focused(known) {
    const link = document.activeElement, row = link && known.table.contains(link) && link.closest("tr");
    if (!row) return null;
    const key = [...known.rows].find(([, entry]) => entry.element === row)?.[0];
    return { key, link, place: [...(key ? row : known.table.tHead).querySelectorAll("a")].indexOf(link) };
  }

  function refocus(known, was) {
    if (!was || was.link.isConnected && document.activeElement === was.link) return;
    const holder = was.key ? known.rows.get(was.key)?.element : known.table.tHead;
    holder?.querySelectorAll("a")[was.place]?.focus({ preventScroll: true });
  }

  function unitTable(data) {
    const place = document.getElementById("tkd-place");
    if (!place || !data) return;
    const known = drawn.get(place) || mount(place), was = focused(known);
    drawHead(known, data);
    drawRows(known, data.rows);
    refocus(known, was);
    if (document.activeElement !== search()) showSearch();
    space.drawClock?.();
  }

  /* The field follows the URL: after the back button, or when a link takes the search away. */
  function showSearch() {
    if (search() && search().value !== asked("cari")) window.dash_clientside.set_props("tkd-search", { value: asked("cari") });
  }

  function searchNow() {
    clearTimeout(typing);
    space.setQuery({ cari: search().value.trim() }, true);
  }

  document.addEventListener("input", (event) => {
    if (event.target !== search() || !search()) return;
    clearTimeout(typing);
    typing = setTimeout(() => search() && searchNow(), TYPING_MS);
  });

  document.addEventListener("change", (event) => {
    if (event.target.id === "tkd-kind") space.setQuery({ jenis: event.target.value });
    if (event.target.id === "tkd-parent") space.setQuery({ induk: event.target.value === EVERYWHERE ? "" : event.target.value });
  });

  document.addEventListener("keydown", (event) => {
    if (!search()) return;
    const writes = event.target.closest?.("input, select, textarea, [contenteditable]");
    if (event.key === "/" && !writes && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      search().focus();
      search().select();
    }
    if (event.target === search() && event.key === "Enter") searchNow();
  });

  /* A whole row folds; its name leads to the unit without loading the page anew, as every link of the app does. */
  document.addEventListener("click", (event) => {
    if (!(event.target instanceof Element) || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const row = event.target.closest("#tkd-place tbody tr"), link = event.target.closest("a");
    if (!row) return;
    if (!link && !String(window.getSelection())) row.querySelector("a.fold")?.click();
    if (!link?.classList.contains("nm")) return;
    event.preventDefault();
    history.pushState({}, "", link.href);
    window.dispatchEvent(new CustomEvent("_dashprivate_pushstate"));
    window.scrollTo(0, 0);
  });

  window.addEventListener("popstate", () => setTimeout(showSearch, 0));
  window.dash_clientside.ruangPantau.unitTable = unitTable;
})();
