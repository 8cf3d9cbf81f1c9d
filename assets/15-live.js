/* Keeps the screen live. A loop of its own asks for the revision and fetches the view when it moved: Dash's Interval
   stops drawing when an answer is slow, and one failed request must never stop a wall. */
(function () {
  "use strict";
  var ASK_EVERY_MS = 1200, GIVE_UP_MS = 5000, FAILURES_UNTIL_RED = 3;
  var space = (window.ruangPantau = window.ruangPantau || {});
  var feed = (space.feed = { asOf: null, serverOffset: 0, state: "ok", attempts: 0, since: null });
  var applied = new WeakMap(), told = {}, build = null, shown = null, revision = null, timer = null, asking = false;
  var viewFailures = 0, shownAsOf = null;

  function viewElement() { return document.querySelector("[data-view]"); }

  function wanted(element) { return element.dataset.view + location.search; }

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
    var key = wanted(element) + "#" + revision;
    if (key === shown) { return null; }
    return get("/api/layar/" + element.dataset.view + location.search).then(function (snapshot) {
      if (viewElement() !== element) { return; }
      window.dash_clientside.set_props("snapshot", { data: snapshot });
      shown = wanted(element) + "#" + snapshot.rev;
      shownAsOf = snapshot.as_of;
      viewFailures = 0;
    }).catch(noteViewFailure);
  }

  function ask() {
    if (asking) { return; }
    asking = true;
    clearTimeout(timer);
    get("/api/rev").catch(noteFailure).then(noteFeed).then(refresh).catch(function () {}).finally(function () {
      asking = false;
      var soon = !viewElement() || !shown;
      timer = setTimeout(ask, soon ? 150 : ASK_EVERY_MS * (0.9 + 0.2 * Math.random()));
    });
  }

  /* A clientside callback per panel takes its own part, and only when it changed since this view was mounted. */
  function part(snapshot) {
    var none = window.dash_clientside.no_update, element = viewElement();
    var output = window.dash_clientside.callback_context.outputs_list;
    var key = output.id + "." + output.property, piece = snapshot && snapshot.parts[key];
    if (!piece || !element) { return none; }
    if (!applied.has(element)) { applied.set(element, {}); }
    if (applied.get(element)[key] === piece.hash) { return none; }
    applied.get(element)[key] = piece.hash;
    told[key] = piece.value;
    return piece.value;
  }

  /* The URL is where a choice lives; the default view has a bare URL, so that a pasted link keeps following the month. */
  function chooseFilters(period, unit) {
    if (period === told["filter-period.value"] && unit === told["filter-unit.value"]) {
      return; /* the server's own words coming back, not a choice */
    }
    var query = new URLSearchParams(location.search);
    if (period) { query.set("periode", period); }
    if (unit) { query.set("unit", unit); }
    if (period === "berjalan") { query.delete("periode"); }
    if (unit === "semua") { query.delete("unit"); }
    var search = query.toString() ? "?" + query.toString() : "";
    if (search === location.search) { return; }
    /* Not through dcc.Location: it would mount the page anew, and a panel is never blanked. */
    history.pushState(null, "", location.pathname + search);
    ask();
  }

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
  window.addEventListener("popstate", ask);
  window.addEventListener("_dashprivate_historychange", function () { setTimeout(ask, 0); });
  window.addEventListener("online", ask);
  document.addEventListener("visibilitychange", function () { if (!document.hidden) { ask(); } });
  ask();
  reloadAtNight();
})();
