/* What Leaflet draws for the layers of components/density_map.py. Colours and sizes are in 60-map.css. */
window.ruangPantauPeta = (function () {
  "use strict";
  const SVG = "http://www.w3.org/2000/svg";
  const TRIANGLES = { w24: "M0-12l10 18h-20z", w6: "M0-7.2l6 10.8h-12z" }; // apex up, centre of gravity on the point
  const cellsOf = new WeakMap(); // map -> its cells by number, and the classes last asked for

  function cells(map) {
    if (!cellsOf.has(map)) cellsOf.set(map, { layers: new Map(), classes: "" });
    return cellsOf.get(map);
  }

  function paint(layer, name) {
    const path = layer.getElement();
    if (path) path.setAttribute("class", "cell m" + (name || "0"));
  }

  // The element stays and only its class changes, so CSS can fade from the old colour to the new.
  function keepCell(feature, layer, context) {
    const known = cells(context.map), number = feature.properties.cell;
    known.layers.set(number, layer);
    layer.on("add", () => paint(layer, known.classes[number]));
  }

  // Called as a filter for the one feature of the layer 'classes'; nothing of it is drawn.
  function showClasses(feature, context) {
    const known = cells(context.map);
    known.classes = feature.properties.classes;
    known.layers.forEach((layer, number) => paint(layer, known.classes[number]));
    return false;
  }

  function cellStyle() {
    return { className: "cell m0", interactive: false };
  }

  function lineStyle(feature) {
    return { className: feature.properties.sign, interactive: false, noClip: true, smoothFactor: 0 };
  }

  function icon(point, element, className, pane) {
    const divIcon = L.divIcon({ html: element, className: className, iconSize: null });
    return L.marker(point, { icon: divIcon, interactive: false, keyboard: false, pane: pane });
  }

  // The names of the kota stand among the marks; those of kelurahan are labels, beside the map.
  function mark(feature, point) {
    if (feature.properties.name) return icon(point, text("span", feature.properties.name), "peta-nama", "peta-nama");
    const svg = document.createElementNS(SVG, "svg"), path = document.createElementNS(SVG, "path");
    svg.setAttribute("viewBox", "-14 -16 28 28");
    path.setAttribute("d", TRIANGLES[feature.properties.sign.split(" ")[0]]);
    path.setAttribute("class", feature.properties.sign);
    svg.append(path);
    return icon(point, svg, "peta-tanda", "peta-tanda");
  }

  function text(tag, content) {
    const element = document.createElement(tag);
    element.textContent = content;
    return element;
  }

  // On one or two lines.
  function label(feature, point) {
    const box = document.createElement("div");
    box.className = feature.properties.end ? "peta-teks kanan" : "peta-teks";
    feature.properties.lines.forEach(function (line) {
      const row = document.createElement("div");
      if (line[0]) row.append(text("b", line[0]));
      if (line[1]) row.append(text("span", line[1]));
      box.append(row);
    });
    return icon(point, box, "peta-label", "peta-label");
  }

  // Nobody sits at a wall, and on a phone one finger must scroll the page.
  function movable() {
    const wall = document.documentElement.dataset.layar === "dinding" && window.innerWidth >= 1600;
    return !wall && window.innerWidth >= 900;
  }

  function fit(map, home) {
    const able = movable();
    ["dragging", "scrollWheelZoom", "boxZoom", "keyboard", "touchZoom"].forEach(function (name) {
      if (map[name]) map[name][able ? "enable" : "disable"]();
    });
    map.getContainer().tabIndex = able ? 0 : -1;
    map.invalidateSize({ animate: false, pan: false });
    map.options.minZoom = 0;
    map.fitBounds(home, { animate: false });
    map.options.minZoom = map.getZoom();
  }

  // Leaflet hands out its map only to the functions of a layer: the coast opens it.
  function openMap(feature, layer, context) {
    const map = context.map, home = context.hideout.home;
    if (map.ruangPantau) return;
    map.ruangPantau = true;
    const watch = new ResizeObserver(() => fit(map, home));
    watch.observe(map.getContainer());
    map.on("dblclick", () => fit(map, home));
    map.on("unload", () => watch.disconnect());
    setTimeout(() => context.hideout.filled.forEach(giveAgain), 0);
  }

  // dash-leaflet passes over data that come while it builds a layer, and on a slow machine the first ones do: once the
  // layers are there, each gets again what it should show.
  function giveAgain(id) {
    const layer = window.dash_component_api.getLayout(id);
    if (!layer || !layer.props || layer.props.id !== id) return; // the screen was left meanwhile
    window.dash_clientside.set_props(id, { data: Object.assign({}, layer.props.data) });
  }

  (window.ruangPantau = window.ruangPantau || {}).fitMap = fit; // for maps with layers of their own
  return { cellStyle, keepCell, label, lineStyle, mark, openMap, showClasses };
})();
