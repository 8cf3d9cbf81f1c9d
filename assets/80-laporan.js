/* Laporan: rows drawn from data, search while typing, and downloads that say how far they are. */
(function () {
  "use strict";
  const TYPING_MS = 400;
  const space = window.ruangPantau;
  let typing = null, download = null;

  const search = () => document.getElementById("list-search");
  const asked = (name) => new URLSearchParams(location.search).get(name) || "";

  function element(name, attributes, children) {
    const made = Object.assign(document.createElement(name), attributes);
    made.append(...(children || []));
    return made;
  }

  /* Texts are set as texts, never as HTML. */
  function rowOf(row, head) {
    const link = element("a", { href: row.href, textContent: row.number, className: "nr" });
    link.dataset.page = "";
    const what = [element("b", { textContent: row.category }), element("span", { className: "t2", textContent: row.place })];
    if (row.summary) what.push(element("span", { className: "sum", textContent: row.summary, title: row.summary }));
    const took = row.late ? [element("i", { className: `mk mk-${row.late === "late" ? "menunggu" : "batas"}`, ariaHidden: "true" }), " ", row.took] : [row.took];
    const cells = [
      ["when", [row.entered]], ["what", what], ["who", [row.holder]],
      ["state", [element("i", { className: `mk mk-${row.status_mark}`, ariaHidden: "true" }), " ", row.status]],
      [`took ${row.late}`, took], ["tags", row.tags.map((tag) => element("span", { className: "tag", textContent: tag }))],
    ].map(([kind, children], place) => {
      const cell = element("td", { className: kind.trim() }, children);
      cell.dataset.name = head[place + 1];
      return cell;
    });
    return element("tr", {}, [element("th", { scope: "row" }, [link]), ...cells]);
  }

  function tableOf(data) {
    const titles = data.head.map((name) => element("th", { scope: "col", textContent: name }));
    return element("table", { className: "rl" }, [
      element("caption", { className: "only-spoken", textContent: data.caption }),
      element("thead", {}, [element("tr", {}, titles)]),
      element("tbody", {}, data.rows.map((row) => rowOf(row, data.head))),
    ]);
  }

  function reportTable(data) {
    const place = document.getElementById("list-place");
    if (!place || !data) return;
    const focused = place.contains(document.activeElement) && document.activeElement.getAttribute("href");
    place.replaceChildren(...(data.rows.length ? [tableOf(data)] : []));
    if (focused) [...place.querySelectorAll("a")].find((link) => link.getAttribute("href") === focused)?.focus({ preventScroll: true });
    if (document.activeElement !== search()) showSearch();
  }

  function showSearch() {
    if (search() && search().value !== asked("cari")) window.dash_clientside.set_props("list-search", { value: asked("cari") });
  }

  function searchNow() {
    clearTimeout(typing);
    space.setQuery({ cari: search().value.trim(), halaman: "" }, true);
  }

  document.addEventListener("input", (event) => {
    if (!search() || event.target !== search()) return;
    clearTimeout(typing);
    typing = setTimeout(() => search() && searchNow(), TYPING_MS);
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

  document.addEventListener("click", (event) => {
    const target = event.target instanceof Element ? event.target : null;
    if (!target || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (target.closest("a[data-top]")) document.querySelector(".desk .reports")?.scrollIntoView({ block: "start" });
    const link = target.closest("a[data-export]");
    if (!link) return;
    event.preventDefault();
    if (!download) start(link);
  });
  window.addEventListener("popstate", () => setTimeout(showSearch, 0));

  /* Downloads: read as a stream, so that one sees how far it is. Without this script the link downloads by itself. */
  const number = (count) => count.toLocaleString("id-ID");

  function say(words, canCancel) {
    const place = document.querySelector(".export-state");
    if (!place) return;
    place.hidden = !words;
    place.replaceChildren(words);
    if (!canCancel) return;
    const cancel = element("button", { type: "button", className: "btn-q", textContent: "Batal" });
    cancel.addEventListener("click", () => download?.abort());
    place.append(" ", cancel);
  }

  async function start(link) {
    const kind = link.dataset.export, href = link.getAttribute("href");
    download = new AbortController();
    say(`Menyiapkan ${kind.toUpperCase()} …`, true);
    try {
      const response = await fetch(href, { credentials: "same-origin", signal: download.signal });
      if (!response.ok) throw new Error(String(response.status));
      const parts = await read(response, kind, Number(link.dataset.rows));
      save(new Blob(parts, { type: response.headers.get("Content-Type") }), response);
    } catch (error) {
      say(error.name === "AbortError" ? "Unduhan dibatalkan." : "Unduhan gagal. Silakan coba lagi.");
    } finally {
      download = null;
    }
  }

  /* Of no total where the server could not count so many in time. */
  const rowsSoFar = (rows, total) => (total ? `${number(Math.min(rows, total))} dari ${number(total)} baris` : `${number(rows)} baris`);
  const sizeSoFar = (bytes, total) => `${number(Math.round(bytes / 1024))} KB${total ? `, ${number(total)} baris` : ""}`; // packed: rows cannot be told

  async function read(response, kind, total) {
    const reader = response.body.getReader(), parts = [];
    let rows = -1, bytes = 0, quoted = false; // the first line of a CSV is its head
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      parts.push(value);
      bytes += value.length;
      if (kind === "csv") for (const byte of value) {
        if (byte === 34) quoted = !quoted; // a line may break within a text
        else if (byte === 10 && !quoted) rows += 1;
      }
      say(`Mengunduh ${kind.toUpperCase()}: ${kind === "csv" ? rowsSoFar(Math.max(rows, 0), total) : sizeSoFar(bytes, total)}`, true);
    }
    return parts;
  }

  function save(blob, response) {
    const name = /filename="?([^";]+)/.exec(response.headers.get("Content-Disposition") || "");
    const link = element("a", { href: URL.createObjectURL(blob), download: name ? name[1] : "laporan" });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60000);
    say(`Selesai diunduh: ${link.download}`);
  }

  window.dash_clientside.ruangPantau.reportTable = reportTable;
})();
