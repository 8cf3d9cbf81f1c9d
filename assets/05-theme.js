/* Theme and scale, written on <html>: data-bs-theme (dark or light) and data-layar="dinding" on the routes of the wall.
   Theme by URL (?tema=gelap|terang), else by the choice stored here, else the wall is dark and a desk follows the clock. */
(function () {
  "use strict";
  const root = document.documentElement;
  const wallScreen = window.matchMedia("(min-width: 1600px) and (min-height: 880px)");
  const STORED = "tema";
  let chosen = null; // by the button, for this visit: stronger than the URL

  root.lang = "id";
  window.ruangPantau = window.ruangPantau || {};

  function isWallRoute() {
    return location.pathname === "/" || location.pathname.startsWith("/dinding/");
  }

  function isWorkday() {
    const hour = (new Date().getUTCHours() + 7) % 24; // WIB has no summer time
    return hour >= 7 && hour < 17;
  }

  function stored() {
    try { return localStorage.getItem(STORED); } catch (blocked) { return null; }
  }

  function store(name) {
    try { localStorage.setItem(STORED, name); } catch (blocked) { /* private window: the choice lasts this visit */ }
  }

  function known(name) {
    return name === "gelap" || name === "terang" ? name : null;
  }

  function theme() {
    const byUrl = known(new URLSearchParams(location.search).get("tema"));
    const byRoom = isWallRoute() && wallScreen.matches ? "gelap" : isWorkday() ? "terang" : "gelap";
    return chosen || byUrl || known(stored()) || byRoom;
  }

  function put(name, value) {
    if (root.getAttribute(name) !== value) root.setAttribute(name, value);
  }

  function apply() {
    put("data-bs-theme", theme() === "terang" ? "light" : "dark");
    if (isWallRoute()) put("data-layar", "dinding");
    else root.removeAttribute("data-layar");
  }

  // Pages change without a load: the address changes through the history.
  for (const name of ["pushState", "replaceState"]) {
    const original = history[name];
    history[name] = function (...given) {
      const result = original.apply(this, given);
      apply();
      return result;
    };
  }
  window.addEventListener("popstate", apply);
  wallScreen.addEventListener("change", apply);
  setInterval(apply, 60000); // 07.00 and 17.00 pass on an open page

  document.addEventListener("click", function (event) {
    if (!(event.target instanceof Element) || !event.target.closest("button.theme")) return;
    chosen = theme() === "gelap" ? "terang" : "gelap";
    store(chosen);
    apply();
  });

  apply();
})();
