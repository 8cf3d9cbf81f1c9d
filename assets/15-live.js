/* Keeps the screen live. A loop of its own asks for the revision and fetches the view when it moved: Dash's Interval
   stops drawing when an answer is slow, and one failed request must never stop a wall. */
(function () {
  "use strict";
  var ASK_EVERY_MS = 1200, GIVE_UP_MS = 5000, FAILURES_UNTIL_RED = 3;
  var space = (window.ruangPantau = window.ruangPantau || {});
  var feed = (space.feed = { asOf: null, serverOffset: 0, state: "ok", attempts: 0, since: null });
  var applied = new WeakMap(), told = {}, build = null, shown = null, latest = null, revision = null, timer = null, asking = false;
  var viewFailures = 0, shownAsOf = null, drawn = new WeakMap(), underWay = new WeakMap();

  function viewElement() { return document.querySelector("[data-view]"); }

  /* Which drawing of the screen an element belongs to: Dash may empty it into the same element, as on the way back. */
  function mount(element) {
    var main = element.closest("[data-view]");
    return "#" + (main && main.dataset.mount || "");
  }

  /* A view is asked by what its path says (data-query) and by those names of the URL it knows (data-asks). */
  function wanted(element) {
    var there = new URLSearchParams(location.search), query = new URLSearchParams(element.dataset.query || "");
    (element.dataset.asks || "").split(",").forEach(function (name) {
      if (name && there.get(name)) { query.set(name, there.get(name)); }
    });
    return "/api/layar/" + (element.dataset.view || element.dataset.subview) + (query.toString() ? "?" + query : "");
  }

  function get(url) {
    return fetch(url, { credentials: "same-origin", cache: "no-cache", signal: AbortSignal.timeout(GIVE_UP_MS) })
      .then(function (response) {
        if (response.status === 401) { location.reload(); }
        if (!response.ok) { throw new Error(url + ": " + response.status); }
        return response.json();
      });
  }

  function startAnew(reason) {
    location.reload();
    throw new Error(reason);
  }

  function noteFeed(answer) {
    feed.serverOffset = answer.now - Date.now();
    revision = answer.rev;
    if (viewFailures < FAILURES_UNTIL_RED) { /* fresh data behind a screen that cannot be drawn is not fresh */
      feed.asOf = answer.as_of;
      feed.state = answer.state;
      feed.attempts = answer.attempts;
      feed.since = answer.since;
    }
    if (build !== null && build !== answer.build) { startAnew("another version is served"); }
    build = answer.build;
    /* The frame was drawn before it was known whose data these are: no figure without the right mark. */
    if (revision && viewElement() && answer.simulated !== !!document.querySelector(".app.simulated")) {
      startAnew("the mark of simulated data is not right yet");
    }
  }

  function noteFailure(error) {
    feed.attempts += 1;
    if (feed.attempts >= FAILURES_UNTIL_RED) { turnRed(feed.asOf); }
    throw error;
  }

  function noteViewFailure(error) {
    viewFailures += 1;
    feed.attempts = viewFailures;
    if (viewFailures >= FAILURES_UNTIL_RED) { turnRed(shownAsOf); }
    throw error;
  }

  function turnRed(asOf) {
    feed.asOf = asOf;
    if (feed.state === "ok") { feed.state = "putus"; feed.since = Date.now(); }
  }

  function refresh() {
    var element = viewElement();
    if (!element || !revision || !window.dash_clientside || !window.dash_clientside.set_props) { return null; }
    var key = wanted(element) + "#" + revision + mount(element);
    /* A snapshot that came before its panels were mounted was taken by none of them: it is asked for again. */
    if (key === shown && Object.keys(hashesOf(element)).length) { return null; }
    var url = wanted(element);
    return get(url).then(function (snapshot) {
      if (viewElement() !== element || wanted(element) !== url) { return; }
      latest = snapshot;
      /* A screen just mounted is filled by its callbacks, which know when their panels are there. */
      if (Object.keys(hashesOf(element)).length) {
        putParts(element, snapshot);
      } else {
        window.dash_clientside.set_props("snapshot", { data: snapshot.rev });
      }
      shown = url + "#" + snapshot.rev + mount(element);
      shownAsOf = snapshot.as_of;
      viewFailures = 0;
      drawTimes();
    }).catch(noteViewFailure);
  }

  /* Parts of a screen with an answer of their own: what only this viewer chose (a scenario, an opened list) does not
     make the whole screen anew. `data-needs` names what must stand in the URL for the part to be shown. */
  function refreshSubviews() {
    document.querySelectorAll("[data-subview]").forEach(function (element) {
      var needed = element.dataset.needs, there = !needed || new URLSearchParams(location.search).has(needed);
      if (element.hidden === there) { element.hidden = !there; }
      var key = wanted(element) + "#" + revision + mount(element);
      if (!there || !revision || drawn.get(element) === key || underWay.get(element) === key) { return; }
      underWay.set(element, key);
      get(wanted(element)).then(function (snapshot) {
        if (!element.isConnected || underWay.get(element) !== key) { return; } /* another choice was made meanwhile */
        putParts(element, snapshot);
        drawTimes();
        drawn.set(element, key);
      }).catch(function () {}).then(function () {
        if (underWay.get(element) === key) { underWay.delete(element); } /* what failed is asked again */
      });
    });
  }

  /* What a part shows was changed from here: it is asked for anew, whatever was drawn. */
  space.drawAgain = function (element) {
    drawn.delete(element);
    refreshSubviews();
  };

  /* Straight to the components: through a callback for each part a browser is busy twice as long. */
  function putParts(element, snapshot) {
    var hashes = hashesOf(element);
    Object.keys(snapshot.parts).forEach(function (key) {
      var piece = snapshot.parts[key], dot = key.lastIndexOf("."), id = key.slice(0, dot), props = {};
      if (hashes[key] === piece.hash || !isMounted(id)) { return; }
      hashes[key] = piece.hash;
      told[key] = piece.value;
      props[key.slice(dot + 1)] = piece.value;
      window.dash_clientside.set_props(id, props);
    });
  }

  /* Of an unknown id Dash gives, and would change, the whole layout. */
  function isMounted(id) {
    var component = window.dash_component_api.getLayout(id);
    return !!component && !!component.props && component.props.id === id;
  }

  /* Times left stand empty in what was just put, until the clock draws them. */
  function drawTimes() { setTimeout(space.drawClock, 50); }

  /* What was put into an element. React may give the same element to another screen: then nothing was put yet. */
  function hashesOf(element) {
    var whose = location.pathname + (element.dataset.view || element.dataset.subview) + (element.dataset.query || "") + mount(element);
    var found = applied.get(element);
    if (!found || found.whose !== whose) { found = { whose: whose, hashes: {} }; applied.set(element, found); }
    return found.hashes;
  }

  function ask() {
    if (asking) { return; }
    asking = true;
    clearTimeout(timer);
    get("/api/rev").catch(noteFailure).then(noteFeed).then(refreshSubviews).then(refresh).catch(function () {}).finally(function () {
      asking = false;
      var soon = !viewElement() || !shown;
      timer = setTimeout(ask, soon ? 150 : ASK_EVERY_MS * (0.9 + 0.2 * Math.random()));
    });
  }

  /* A clientside callback per panel takes its own part of the first snapshot after it was mounted. */
  function part() {
    var snapshot = latest, none = window.dash_clientside.no_update, element = viewElement();
    var output = window.dash_clientside.callback_context.outputs_list;
    var key = output.id + "." + output.property, piece = snapshot && snapshot.parts[key];
    if (!piece || !element) { return none; }
    if (hashesOf(element)[key] === piece.hash) { return none; }
    hashesOf(element)[key] = piece.hash;
    told[key] = piece.value;
    return piece.value;
  }

  /* The URL is where a choice lives; the default view has a bare URL, so that a pasted link keeps following the month. */
  var FILTERS = ["periode", "wilayah", "unit", "kategori", "kanal", "status"];
  function chooseFilters() {
    var values = Array.from(arguments), ids = window.dash_clientside.callback_context.inputs_list, changes = {};
    values.forEach(function (value, place) {
      if (value === undefined || value === null || value === told[ids[place].id + ".value"]) { return; } /* the server's own word */
      changes[FILTERS[place]] = value === (place ? "semua" : "berjalan") ? "" : value;
    });
    if (Object.keys(changes).length) { changes.halaman = ""; setQuery(changes); } /* another choice begins at its first page */
  }

  /* Write choices into the URL ("" takes a name away) and draw what they change, at once. */
  function setQuery(changes, replace) {
    var query = new URLSearchParams(location.search);
    Object.keys(changes).forEach(function (name) {
      if (changes[name]) { query.set(name, changes[name]); } else { query.delete(name); }
    });
    var text = query.toString().replace(/%2C/g, ",").replace(/%40/g, "@").replace(/%3A/g, ":").replace(/%7E/g, "~");
    var search = text ? "?" + text : "";
    if (search === location.search) { return; }
    /* Not through dcc.Location: it would mount the page anew, and a panel is never blanked. */
    history[replace ? "replaceState" : "pushState"](null, "", location.pathname + search + location.hash);
    draw();
  }
  space.setQuery = setQuery;

  function draw() {
    refreshSubviews();
    Promise.resolve(refresh()).catch(ask);
  }

  /* The way to another screen takes the filters along, and so does the way up: what the address says itself comes
     first. Caught before dcc.Link, which knows its own address alone. */
  document.addEventListener("click", function (event) {
    var link = event.target instanceof Element && event.target.closest("nav a.link, .crumb a");
    if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey) { return; }
    var here = new URLSearchParams(location.search), to = new URL(link.href), kept = to.searchParams;
    FILTERS.concat("tema").forEach(function (name) {
      if (!here.get(name) || kept.has(name)) { return; }
      if (name === "periode" && here.get(name) === "semua") { return; } /* only lists of reports know any time */
      if (name === "unit" && /^\/tkd\/./.test(to.pathname)) { return; } /* the path says whose screen it is */
      kept.set(name, here.get(name));
    });
    event.preventDefault();
    event.stopImmediatePropagation();
    openScreen(to.pathname + (kept.toString() ? "?" + kept : ""));
  }, true);

  /* A link of a figure to another screen (data-page): its address is whole, only the theme goes along. */
  document.addEventListener("click", function (event) {
    var link = event.target instanceof Element && event.target.closest("a[data-page]");
    if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey) { return; }
    var theme = new URLSearchParams(location.search).get("tema"), address = link.getAttribute("href");
    event.preventDefault();
    openScreen(theme ? address + (address.indexOf("?") < 0 ? "?" : "&") + "tema=" + encodeURIComponent(theme) : address);
  });

  function openScreen(address) {
    history.pushState({}, "", address);
    window.dispatchEvent(new CustomEvent("_dashprivate_pushstate"));
    window.scrollTo(0, 0);
  }

  /* A link that only changes a choice: <a href="?target=A" data-stay>. An empty value takes the choice away. */
  document.addEventListener("click", function (event) {
    var link = event.target instanceof Element && event.target.closest("a[data-stay]");
    if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey) { return; }
    event.preventDefault();
    var changes = {};
    new URL(link.href).searchParams.forEach(function (value, name) { changes[name] = value; });
    setQuery(changes);
  });

  /* Chromium keeps a little of every redraw: a wall starts afresh each night, each screen at its own minute. */
  function reloadAtNight() {
    var minutes = 30 + Math.random() * 30, now = new Date();
    var next = new Date(now.getTime() + feed.serverOffset);
    next.setUTCHours(20, minutes, 0, 0); /* 03.30-04.00 WIB */
    if (next <= now) { next.setUTCDate(next.getUTCDate() + 1); }
    setTimeout(function tryReload() {
      if (feed.state === "ok") { location.reload(); } else { setTimeout(tryReload, 60000); }
    }, next - now);
  }

  window.dash_clientside = Object.assign({}, window.dash_clientside, { ruangPantau: { part: part, chooseFilters: chooseFilters } });
  window.addEventListener("popstate", draw);
  window.addEventListener("_dashprivate_historychange", function () { shown = null; setTimeout(ask, 0); });
  window.addEventListener("online", ask);
  document.addEventListener("visibilitychange", function () { if (!document.hidden) { ask(); } });
  ask();
  reloadAtNight();
})();
