/* The list of reports behind a number: into view when it is opened by a click, closed by Escape, focus back to where
   it came from. And the dialog in which a minute is chosen for "Mengapa berubah". */
(function () {
  "use strict";
  const FILLED_MS = 5000;
  const drawn = new WeakMap(), arrived = new WeakSet();
  let opener = null, dialog = null;

  const list = () => document.querySelector(".behind[data-subview]");
  const address = (link) => new URL(link.href).searchParams;
  const query = (name) => new URLSearchParams(location.search).get(name);

  // After 15-live.js has written the URL and shown the list, which it does in the same click.
  function follow(link) {
    const wanted = address(link).get("lihat");
    if (wanted === null || !list()) return;
    if (!wanted) return back();
    if (!list().contains(link)) opener = link;
    setTimeout(function () {
      if (!list() || list().hidden) return;
      const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
      list().scrollIntoView({ block: "start", behavior: still ? "auto" : "smooth" });
      list().focus({ preventScroll: true });
    });
  }

  function back() {
    // The number may have been drawn anew meanwhile: then the one that opens the same list.
    const same = opener && !opener.isConnected ? document.querySelector(`a[href="${opener.getAttribute("href")}"]`) : opener;
    opener = null;
    if (same) setTimeout(() => same.focus());
  }

  document.addEventListener("click", function (event) {
    const target = event.target instanceof Element ? event.target : null;
    const link = target && target.closest("a[data-stay]");
    if (link && !event.button && !event.ctrlKey && !event.metaKey && !event.shiftKey) follow(link);
    const button = target && target.closest("button[data-since]");
    if (button) askMinute(button);
  });

  document.addEventListener("keydown", function (event) {
    if (event.key !== "Escape" || event.defaultPrevented || !query("lihat") || document.querySelector("dialog[open]")) return;
    window.ruangPantau.setQuery({ lihat: "", halaman: "" });
    back();
  });

  // The table comes as data: rows drawn by React would keep the browser busy. Texts are set as texts, never as HTML.
  function drawTables() {
    for (const place of document.querySelectorAll("[data-list]")) {
      if (drawn.get(place) === place.dataset.list) continue;
      drawn.set(place, place.dataset.list);
      place.replaceChildren(tableOf(JSON.parse(place.dataset.list)));
      arrive(place.closest(".behind"));
    }
  }

  // A list that an address opens, without a click on this screen, is brought into view when it is first drawn.
  function arrive(section) {
    if (arrived.has(section)) return;
    arrived.add(section);
    if (!opener) holdInView(section);
  }

  // The panels above it are still being filled: it is held until they are, or the viewer does something.
  function holdInView(section) {
    const observer = new ResizeObserver(() => section.scrollIntoView({ block: "start" }));
    const release = () => observer.disconnect();
    observer.observe(section.parentElement);
    for (const act of ["wheel", "touchstart", "pointerdown", "keydown"]) addEventListener(act, release, { once: true });
    setTimeout(release, FILLED_MS);
  }

  function tableOf(data) {
    const titles = data.head.map((name) => element("th", { scope: "col", textContent: name }));
    const rows = data.rows.map((cells) => element("tr", {}, cells.map((cell, place) => cellOf(cell, data.head[place], place))));
    return element("table", { className: "bl" }, [
      element("caption", { className: "only-spoken", textContent: data.caption }),
      element("thead", {}, [element("tr", {}, titles)]),
      element("tbody", {}, rows),
    ]);
  }

  function cellOf([kind, words, more], name, place) {
    if (!place) return element("th", { scope: "row" }, [report(words)]);
    const cell = element("td", { className: kind.startsWith("mk-") ? "state" : kind });
    cell.dataset.name = name;
    if (kind.startsWith("mk-")) cell.append(element("i", { className: `mk ${kind}`, ariaHidden: "true" }), " ");
    cell.append(kind === "what" ? element("b", { textContent: words }) : words);
    if (more) cell.append(element("span", { className: "t2", textContent: more }));
    return cell;
  }

  function report(number) {
    const link = element("a", { href: `/laporan/${encodeURIComponent(number)}`, className: "num", textContent: number });
    link.dataset.page = ""; // 15-live.js opens it
    return link;
  }

  function element(name, attributes, children) {
    const made = Object.assign(document.createElement(name), attributes);
    made.append(...(children || []));
    return made;
  }

  new MutationObserver(drawTables).observe(document.documentElement, {
    subtree: true, childList: true, attributes: true, attributeFilter: ["data-list"],
  });

  // Outside React's tree, which would take a foreign element away. Its minutes are WIB, as everything on the screen.
  function askMinute(button) {
    if (!dialog) {
      const input = element("input", { type: "datetime-local", name: "at", required: true });
      const cancel = element("button", { type: "button", className: "btn-q", textContent: "Batal" });
      const accept = element("button", { type: "submit", className: "btn-q pri", textContent: "Bandingkan" });
      const label = element("label", {}, ["Bandingkan nilai sekarang dengan (WIB)", input]);
      const form = element("form", { method: "dialog" }, [label, element("div", {}, [cancel, accept])]);
      dialog = element("dialog", { className: "ask-minute" }, [form]);
      dialog.setAttribute("aria-label", "Pilih waktu pembanding");
      cancel.addEventListener("click", () => dialog.close());
      form.addEventListener("submit", () => window.ruangPantau.setQuery({ sejak: input.value.slice(0, 16) }));
      document.body.append(dialog);
    }
    const input = dialog.querySelector("input");
    input.min = button.dataset.sinceMin;
    input.max = button.dataset.sinceMax;
    input.value = button.dataset.since;
    dialog.showModal();
  }
})();
