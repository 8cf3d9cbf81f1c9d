/* A link to a part of the rules: the page is drawn after the address is known, so the browser cannot find the part itself. */
(function () {
  "use strict";
  let shown = null; // the address whose part has been brought into view

  function show() {
    const address = location.pathname + location.search + location.hash;
    if (location.pathname !== "/aturan" || address === shown) return;
    const part = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (location.hash && !part) return; // not drawn yet, or no such part
    shown = address;
    document.querySelectorAll(".aturan .here").forEach((old) => old.classList.remove("here"));
    if (!part) return;
    part.classList.add("here");
    part.scrollIntoView({ behavior: "instant" });
  }

  new MutationObserver(show).observe(document.documentElement, { childList: true, subtree: true });
  window.addEventListener("hashchange", show);
  window.addEventListener("popstate", show);
})();
