/* Peringatan Dini: draws the rows, keeps them in place while somebody works, and opens the message of the chosen unit.
   Rows come as HTML (components/desk_rows.py); what was done about a unit comes apart from them and is laid over. */
(function () {
  "use strict";
  const GIVE_UP_MS = 12000, PHONE = "(max-width: 899px)";
  const AWAY = "Tindakan tidak dapat dicatat sekarang; isian Anda tetap di sini. Silakan coba lagi.";
  const CHOOSE = "Pilih unit di daftar untuk menyiapkan pesannya.";
  const READ_ONLY = "Pemeriksaan tersimpan hanya untuk dibaca. Pesan dan catatan dibuat pada pemeriksaan yang sedang disusun.";
  const GROUPS = [["wilayah", ""], ["skpd", "Di tangan Suku Dinas, Dinas, dan unit lain"]];
  const space = (window.ruangPantau = window.ruangPantau || {});
  let data = null, done = { units: {}, away: false, chosen: null }, order = [], late = new Set(), whose = null, every = false;
  let sent = 0, waiting = null;
  const nodes = new Map(); // unit -> its element, so that only what changed is drawn anew
  const texts = new Map(), notes = new Map(); // what was written for a unit lives while the page is open

  const place = () => document.getElementById("desk-rows-place");
  const field = (id) => document.getElementById(id);
  const asked = (name) => new URLSearchParams(location.search).get(name) || "";
  const chosen = () => data && data.live && data.rows.find((row) => row.id && row.id === asked("pilih"));
  const put = (id, value) => window.dash_clientside.set_props(id, { value });
  const made = (tag, className, words) => Object.assign(document.createElement(tag), { className, textContent: words || "" });
  const text = (node, words) => { if (node && node.textContent !== words) node.textContent = words; };

  function deskRows(fresh) {
    if (!fresh || !place()) return;
    const view = location.pathname + fresh.key + ["wilayah", "unit", "kategori", "kanal", "status"].map(asked).join("|");
    const first = view !== whose;
    if (first) { order = fresh.rows.map((row) => row.id); late = new Set(); every = false; nodes.clear(); }
    whose = view;
    data = fresh;
    draw();
    if (first) openFirst();
  }

  /* Whom to call first is asked by nobody who has ten minutes: its message stands ready, where there is room beside the list. */
  function openFirst() {
    const row = arranged().find((one) => one.id && !done.units[one.id]);
    if (!row || !data.live || asked("pilih") || matchMedia(PHONE).matches) return;
    space.setQuery({ pilih: row.id }, true);
    draw();
  }

  function deskDone(fresh) {
    if (!fresh) return;
    done = fresh;
    draw();
  }

  /* The order of the first look holds: a row that comes later stands at the end, until somebody asks for the order anew. */
  function arranged() {
    const known = new Set(order);
    data.rows.filter((row) => !known.has(row.id)).forEach((row) => { order.push(row.id); late.add(row.id); });
    const rank = new Map(order.map((id, at) => [id, at]));
    const wanted = data.rows.filter((row) => !data.only || row.tags.includes(data.only));
    const ranked = wanted.sort((a, b) => rank.get(a.id) - rank.get(b.id));
    return GROUPS.flatMap(([group]) => ranked.filter((row) => row.group === group));
  }

  function draw() {
    if (!data || !place()) return;
    const rows = arranged(), whole = every || data.only || rows.findIndex((row) => row.id === asked("pilih")) >= data.at_once;
    const shown = whole ? rows : rows.slice(0, data.at_once), table = frame();
    const wanted = rows.length ? [head(table)] : [];
    for (const [group, title] of GROUPS) {
      const mine = shown.filter((row) => row.group === group);
      if (mine.length && title) wanted.push(section(table, title));
      mine.forEach((row) => wanted.push(oneRow(row)));
    }
    arrange(table, wanted);
    below(rows, shown);
    count(rows);
    drawMessage();
  }

  /* The table and the line below it, made once for each drawing of the screen. */
  function frame() {
    if (!place().firstChild) {
      nodes.clear();
      const table = made("div", "dk-table");
      table.setAttribute("role", "table");
      table.setAttribute("aria-label", "Unit yang perlu dihubungi");
      place().append(table, made("div", "dk-below"));
    }
    const table = place().firstChild;
    table.style.setProperty("--first", data.lines[0]);
    table.style.setProperty("--second", data.lines[1]);
    return table;
  }

  function head(table) {
    const line = table.querySelector(".dk-head") || made("div", "dk-row dk-head xs t2");
    line.setAttribute("role", "row");
    if (line.drawn !== data.head) { line.innerHTML = data.head; line.drawn = data.head; }
    return line;
  }

  function section(table, title) {
    const line = table.querySelector(".dk-sec") || made("div", "dk-sec");
    line.setAttribute("role", "row");
    if (!line.firstChild) { line.append(made("span", "", title)); line.firstChild.setAttribute("role", "rowheader"); }
    return line;
  }

  /* Leaves what stands in its place alone: an element that is moved loses the focus. */
  function arrange(parent, wanted) {
    const keep = new Set(wanted);
    [...parent.children].forEach((node) => { if (!keep.has(node)) node.remove(); });
    wanted.forEach((node, at) => { if (parent.children[at] !== node) parent.insertBefore(node, parent.children[at] || null); });
  }

  function oneRow(row) {
    const action = done.units[row.id], picked = row.id !== "" && row.id === asked("pilih"), isLate = late.has(row.id);
    const state = JSON.stringify([row.html, row.reports, action, picked, isLate, data.only, data.live]);
    let node = nodes.get(row.id);
    if (!node) {
      node = made("div", "dk-unit");
      node.dataset.row = row.id;
      node.setAttribute("role", "rowgroup");
      nodes.set(row.id, node);
    }
    if (node.drawn !== state) { withFocus(node, () => fill(node, row, action, picked, isLate)); node.drawn = state; }
    return node;
  }

  const inside = (node) => [...node.querySelectorAll("a, button")];
  function withFocus(node, change) {
    const at = inside(node).indexOf(document.activeElement);
    change();
    if (at >= 0) { const now = inside(node); (now[at] || now[now.length - 1]).focus({ preventScroll: true }); }
  }

  function fill(node, row, action, picked, isLate) {
    node.innerHTML = row.html;
    const line = node.querySelector(".dk-row"), fresh = since(row, action);
    const quiet = data.live && action && action.now ? (action.kind === "tunda" ? "later" : fresh ? "" : "acked") : "";
    line.className = ["dk-row", quiet, picked ? "sel" : ""].filter(Boolean).join(" ");
    if (isLate) line.querySelector(".a").append(" ", made("span", "dk-new", "baru"));
    line.querySelector("[data-act]").append(...acting(row, action, picked, fresh));
    node.querySelector(".dk-det").hidden = !(picked || data.only);
    node.querySelectorAll(".dk-rep").forEach((report) => {
      report.hidden = data.only ? !report.dataset.tags.split(" ").includes(data.only) : "flooded" in report.dataset;
    });
  }

  /* How many reports want something now that did not when the unit was called. */
  function since(row, action) {
    if (!action || !action.now) return 0;
    const then = new Set(action.reports);
    return row.reports.filter((number) => !then.has(number)).length;
  }

  function acting(row, action, picked, fresh) {
    const parts = [];
    if (data.live && action && action.now) {
      const words = action.kind === "tunda" ? `◷ sampai ${action.until}` : `✓ ${action.at} ${action.by}`;
      const word = made("span", "ok", words + (fresh ? `, ${fresh} baru` : ""));
      word.title = [action.outcome, action.note, action.by].filter(Boolean).join(". ");
      parts.push(word);
    }
    if (!row.id) return parts; // held by a unit the CRM does not know: nobody to call
    const button = made("button", parts.length || picked ? "dk-more" : "btn-q sm");
    button.type = "button";
    button.dataset.unit = row.id;
    button.textContent = !data.live ? (picked ? "tutup" : "Lihat laporan") : picked ? "pesan terbuka" : parts.length ? "lagi" : "Siapkan pesan";
    if (picked) button.classList.add("selm");
    button.setAttribute("aria-label", `${button.textContent}: ${row.name}`);
    button.setAttribute("aria-expanded", String(picked));
    return [...parts, button];
  }

  function below(rows, shown) {
    const box = place().lastChild, now = rows.map((row) => row.id).join(), wanted = [];
    const hidden = rows.slice(shown.length), hiddenLate = hidden.filter((row) => late.has(row.id)).length;
    const anew = GROUPS.flatMap(([group]) => data.rows.filter((row) => row.group === group && rows.includes(row)).map((row) => row.id)).join();
    if (hidden.length) wanted.push([`Tampilkan ${hidden.length} unit lain${hiddenLate ? `, ${hiddenLate} baru` : ""}`, "semua"]);
    if (now !== anew || late.size) wanted.push(["Urutkan ulang menurut keadaan sekarang", "urut"]);
    const state = JSON.stringify(wanted);
    if (box.drawn === state) return;
    box.drawn = state;
    box.replaceChildren(...wanted.map(([words, deed]) => {
      const button = made("button", "btn-q sm", words);
      button.type = "button";
      button.dataset.desk = deed;
      return button;
    }));
  }

  function count(rows) {
    const fact = field("desk-list-fact");
    if (!fact) return;
    const called = rows.filter((row) => { const action = done.units[row.id]; return action && action.now && action.kind === "hubungi"; }).length;
    const words = done.away ? ", tindakan belum dapat dibaca" : `, ${called} dari ${rows.length} sudah dihubungi`;
    fact.dataset.done = data.live && rows.length ? words : "";
  }

  /* The message */
  function drawMessage() {
    const row = chosen(), open = document.querySelector(".dk-open");
    if (!open) return;
    const wasOpen = !open.hidden;
    open.hidden = !row;
    document.querySelector(".dk-none").hidden = !!row;
    text(document.querySelector(".dk-none"), data.live ? CHOOSE : READ_ONLY);
    document.querySelector(".warn-desk").classList.toggle("opened", !!row);
    text(document.querySelector(".dk-title"), row ? `Pesan untuk ${row.office}` : "Pesan");
    text(field("desk-message-fact"), row ? (texts.has(row.id) ? "sudah diubah" : "siap kirim") : "");
    if (!row) { delete open.dataset.unit; return; }
    fields(row, open);
    const info = done.chosen && done.chosen.id === row.id ? done.chosen : { whatsapp: "", mail: false, lacks: "", score: "" };
    deed(open, "surel").hidden = !info.mail;
    deed(open, "naskah").hidden = !texts.has(row.id);
    const lacks = open.querySelector(".dk-lacks");
    lacks.hidden = !info.lacks;
    text(lacks, info.lacks);
    link(row, info);
    before(open, done.units[row.id]);
    context(open, info.score, row.falling);
    if (!wasOpen && matchMedia(PHONE).matches) open.querySelector(".dk-back").focus({ preventScroll: true });
  }

  const deed = (open, name) => open.querySelector(`[data-desk="${name}"]`);

  /* The fields hold what was written; else the newest text, but never under the hands of who reads it there. */
  function fields(row, open) {
    const message = field("desk-text");
    if (open.dataset.unit !== row.id) {
      open.dataset.unit = row.id;
      put("desk-text", texts.get(row.id) ?? row.message);
      put("desk-note", notes.get(row.id) ?? "");
      put("desk-outcome", "dijawab");
      say("");
    } else if (!texts.has(row.id) && message.value !== row.message && document.activeElement !== message) put("desk-text", row.message);
  }

  function before(open, action) {
    const box = open.querySelector(".dk-undo");
    box.hidden = !action;
    if (!action) return;
    const what = action.kind === "tunda" ? `Ditunda sampai ${action.until}` : `Dihubungi ${action.at}, ${action.outcome}`;
    text(box.querySelector(".dk-was"), [`${what}, oleh ${action.by}.`, action.note].filter(Boolean).join(" "));
  }

  function context(open, score, falling) {
    const box = open.querySelector(".dk-ctx"), state = score + falling;
    box.hidden = !score;
    if (box.drawn === state) return;
    box.drawn = state;
    box.innerHTML = score;
    text(box.querySelector("[data-falling]"), falling);
  }

  const written = () => field("desk-text").value;

  function link(row, info) {
    const anchor = document.querySelector('[data-desk="wa"]');
    anchor.href = `${anchor.dataset.host}${info.whatsapp}?text=${encodeURIComponent(texts.get(row.id) ?? row.message)}`;
  }

  function say(words, bad) {
    const line = document.querySelector(".dk-said");
    if (!line) return;
    text(line, words);
    line.classList.toggle("bad", !!bad);
  }

  /* One thing at a time: a second press while the first is under way does nothing. */
  function ask(what, more) {
    const row = chosen();
    if (!row || waiting) return;
    sent += 1;
    const mine = (waiting = { number: sent, deed: what, unit: row.id });
    say("Menyimpan…");
    window.dash_clientside.set_props("desk-order", { data: { kali: sent, unit: row.id, tindakan: what, catatan: field("desk-note").value, ...more } });
    setTimeout(() => { if (waiting === mine) { waiting = null; say(AWAY, true); } }, GIVE_UP_MS);
  }

  function deskAnswer(answer) {
    if (!answer || !waiting || answer.kali !== waiting.number) return;
    const { deed: what, unit } = waiting;
    waiting = null;
    if (chosen() && chosen().id === unit) say(answer.kata, !answer.baik);
    if (answer.baik && what !== "surel") {
      notes.delete(unit);
      if (chosen() && chosen().id === unit) put("desk-note", "");
    }
    const part = document.querySelector("[data-subview='peringatan-tindakan']");
    if (part) space.drawAgain(part);
  }

  const DEEDS = {
    semua: () => { every = true; draw(); },
    urut: () => { order = data.rows.map((row) => row.id); late = new Set(); draw(); },
    kembali: close,
    salin: (button) => space.copyText(written(), button),
    naskah: () => { texts.delete(chosen().id); put("desk-text", chosen().message); draw(); },
    surel: () => ask("surel", { pesan: written() }),
    hubungi: () => ask("hubungi", { hasil: document.querySelector("#desk-outcome input:checked")?.value || "" }),
    tunda: (button) => ask("tunda", { menit: Number(button.dataset.menit) }),
    batal: () => ask("batal", { nomor: done.units[chosen().id]?.nomor }),
  };

  function choose(unit) {
    space.setQuery({ pilih: unit });
    draw();
  }

  function close() {
    const unit = asked("pilih");
    choose("");
    place().querySelector(`[data-unit="${CSS.escape(unit)}"]`)?.focus();
  }

  document.addEventListener("click", (event) => {
    if (!(event.target instanceof Element) || !place()) return;
    const unit = event.target.closest("[data-unit]:not(.dk-open)"), pressed = event.target.closest("[data-desk]");
    if (unit) choose(unit.dataset.unit === asked("pilih") ? "" : unit.dataset.unit);
    else if (pressed && DEEDS[pressed.dataset.desk]) DEEDS[pressed.dataset.desk](pressed);
    else if (event.target.closest("a[data-stay]")) setTimeout(draw, 0);
  });

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && place() && chosen() && matchMedia(PHONE).matches) close();
  });

  document.addEventListener("input", (event) => {
    const row = place() && chosen();
    if (!row) return;
    if (event.target.id === "desk-text") { texts.set(row.id, event.target.value); draw(); }
    if (event.target.id === "desk-note") notes.set(row.id, event.target.value);
  });

  window.addEventListener("popstate", () => setTimeout(draw, 0));
  Object.assign(window.dash_clientside.ruangPantau, { deskRows, deskDone, deskAnswer });
})();
