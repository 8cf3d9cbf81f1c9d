/* The map of the screen Peta (components/peta_map.py): hexagons of two sizes or areas, rings with leaders, and the time
   bar. Everything is painted by class; colours and sizes are in 81-peta.css. The picture of one week comes with the
   snapshot; the pictures of all days are asked for once, when the bar plays or slides. */
(function () {
  "use strict";
  const ZOOM_STEPS = 4; // beyond the whole city: a small cell is then as wide as a hand
  const FINE_FROM = 0.9; // zoom steps beyond the whole city from which the small cells are drawn
  const STEP_MS = 450, LABEL_ROOM_PX = 560, LABEL_GAP_PX = 22, RING_ROOM_PX = 24, WHOLE_NAMES_PX = 480, SVG = "http://www.w3.org/2000/svg";
  const CODE_LENGTH = { kota: 5, kecamatan: 8, kelurahan: 13 };
  const space = (window.ruangPantau = window.ruangPantau || {});
  let map = null, home = null, homeZoom = 0, coast = null, shapes = null, data = null;
  let layers = new Map(), group = null, drawn = ""; // what stands on the map: cell number or kelurahan code -> layer
  let moving = null; // the day shown while the bar plays or slides, as its position; null at rest
  let timer = null, days = { url: null, promise: null };

  const main = () => document.querySelector("main[data-view='peta']");
  const bars = () => [...document.querySelectorAll(".peta-batang a")];
  const slider = () => document.getElementById("peta-slider");
  const number = (count) => count.toLocaleString("id-ID");

  /* Leaflet hands out its map only to the functions of a layer: the coast opens it. */
  function open(feature, layer, context) {
    if (map === context.map) return;
    map = context.map;
    home = context.hideout.home;
    coast = feature.geometry.coordinates.slice(1).flat();
    layers = new Map();
    group = null;
    drawn = "";
    stop();
    moving = null;
    days = { url: null, promise: null };
    map.createPane("peta-kisi");
    L.control.zoom({ position: "bottomright", zoomInTitle: "Perbesar", zoomOutTitle: "Perkecil" }).addTo(map);
    L.control.scale({ imperial: false, position: "bottomright", maxWidth: 120 }).addTo(map);
    const here = map, watch = new ResizeObserver(() => fitted(here));
    watch.observe(map.getContainer());
    map.on("moveend zoomend", draw);
    map.on("move zoom", leaders);
    map.on("unload", () => { watch.disconnect(); if (map === here) map = null; });
  }

  function fitted(here) {
    space.fitMap(here, home);
    homeZoom = here.getZoom();
    here.setMaxZoom(homeZoom + ZOOM_STEPS);
    draw();
  }

  /* The snapshot brought a week, or the page its shapes. */
  function petaDraw(givenShapes, givenData) {
    shapes = givenShapes || shapes;
    if (!givenData) return;
    if (data && data.mode !== givenData.mode) days = { url: null, promise: null };
    data = givenData;
    slider()?.setAttribute("aria-valuetext", document.querySelector(".peta-minggu")?.textContent || "");
    draw();
  }

  function ground() {
    if (data.mode !== "kisi") return "areas";
    return map.getZoom() >= homeZoom + FINE_FROM ? "fine" : "coarse";
  }

  function draw() {
    if (!map || !shapes || !data || !map._loaded) return;
    const wanted = ground();
    if (wanted !== drawn) clear(wanted);
    if (wanted === "areas") drawAreas(); else drawCells(wanted);
    if (moving === null) paintWeek(); else paintDay(moving);
    rings();
    names();
    leaders();
  }

  function clear(wanted) {
    group?.remove();
    layers = new Map();
    group = L.featureGroup([], { pane: "peta-kisi" }).addTo(map);
    group.bindTooltip((layer) => words(layer.key), { sticky: true, className: "peta-info", direction: "top" });
    group.on("click", (event) => { if (moving === null) go(address(event.propagatedFrom.key)); });
    drawn = wanted;
  }

  function cellAt(cells, place) {
    const latitude = cells.origin[0] + cells.centres[2 * place] / 1e5, longitude = cells.origin[1] + cells.centres[2 * place + 1] / 1e5;
    return [latitude, longitude];
  }

  /* Of the small cells only those in view: thousands would make every step slow. */
  function drawCells(size) {
    const cells = shapes[size], view = map.getBounds().pad(0.1);
    cells.ids.forEach(function (_, place) {
      const [latitude, longitude] = cellAt(cells, place), seen = size === "coarse" || view.contains([latitude, longitude]);
      if (seen === layers.has(place)) return;
      if (!seen) return drop(place);
      const ring = cells.corners.map(([dy, dx]) => [latitude + dy / 1e5, longitude + dx / 1e5]);
      keep(place, L.polygon(ring, { pane: "peta-kisi", className: "cell", smoothFactor: 0 }));
    });
  }

  function drawAreas() {
    if (layers.size) return;
    L.geoJSON(shapes.areas).eachLayer((layer) => {
      const code = layer.feature.id, rings = layer.getLatLngs();
      keep(code, L.polygon(rings, { pane: "peta-kisi", className: "cell area", smoothFactor: 0 }));
    });
  }

  function keep(key, layer) {
    layer.key = key;
    layers.set(key, layer);
    group.addLayer(layer);
  }

  function drop(key) {
    group.removeLayer(layers.get(key));
    layers.delete(key);
  }

  function paint(layer, sign) {
    const path = layer.getElement(), name = (drawn === "areas" ? "cell area tingkat-" + data.mode : "cell") + " leaflet-interactive m" + (sign || "0");
    if (path && path.getAttribute("class") !== name) path.setAttribute("class", name);
  }

  function paintWeek() {
    const signs = drawn === "areas" ? new Map(data.areas.map(([code, sign]) => [code, sign])) : data[drawn].classes;
    layers.forEach((layer, key) => paint(layer, drawn === "areas" ? signs.get(areaOf(key)) : signs[key]));
  }

  const areaOf = (code) => code.slice(0, CODE_LENGTH[data.mode]);

  const rowOf = (code) => data.areas.find((row) => row[0] === areaOf(code)); // code, class, words, wilayah of its list

  function words(key) {
    if (moving !== null) return "";
    if (drawn === "areas") return rowOf(key)?.[3] ? rowOf(key)[2] : "Di luar wilayah yang dipilih";
    const name = shapes.kelurahan[shapes[drawn].kelurahan[key]], kind = data.scale[data[drawn].classes[key]];
    return `${name}: ${number(data[drawn].counts[key])} laporan, ${kind} per km²`;
  }

  function address(key) {
    if (drawn === "areas") return rowOf(key)?.[3] ? data.links.area.replace("WILAYAH", rowOf(key)[3]) : null;
    return data.links.cell.replace("SEL", shapes[drawn].ids[key]);
  }

  /* As every link of the app: without loading the page anew. */
  function go(href) {
    if (!href) return;
    history.pushState({}, "", href);
    window.dispatchEvent(new CustomEvent("_dashprivate_pushstate"));
    window.scrollTo(0, 0);
  }

  /* Rings, names of the kota and leaders lie in one overlay of screen pixels: their text keeps its size at any zoom. */
  function overlay() {
    const holder = map.getContainer();
    let found = holder.querySelector(".peta-atas");
    if (!found) {
      found = document.createElement("div");
      found.className = "peta-atas";
      found.append(document.createElementNS(SVG, "svg"));
      holder.append(found);
    }
    return found;
  }

  function rings() {
    const key = JSON.stringify(data.rings), top = overlay();
    if (top.dataset.rings === key) return;
    top.dataset.rings = key;
    top.querySelectorAll("a").forEach((old) => old.remove());
    data.rings.forEach((ring) => top.append(link(ring, "peta-cincin", ring.number), link(ring, "peta-sebutan", `${ring.number} ${ring.name}`)));
  }

  function link(ring, className, text) {
    const element = document.createElement("a");
    element.href = ring.href;
    element.className = className;
    element.textContent = text;
    element.tabIndex = -1; // the list beside the map is for the keyboard
    element.setAttribute("aria-hidden", "true");
    return element;
  }

  function names() {
    const top = overlay();
    if (top.querySelector("span")) return;
    shapes.kota.forEach(([name]) => {
      const element = document.createElement("span");
      element.textContent = name;
      top.append(element);
    });
  }

  function at(element, x, y) {
    element.style.transform = `translate(${Math.round(x)}px, ${Math.round(y)}px)`;
  }

  function leaders() {
    if (!map || !data || !shapes) return;
    const top = overlay(), size = map.getSize(), spots = data.rings.map((ring) => map.latLngToContainerPoint(ring.at));
    kotaNames(top, size, spots);
    top.querySelectorAll(".peta-cincin").forEach((element, place) => at(element, spots[place].x, spots[place].y));
    const whole = Math.abs(map.getZoom() - homeZoom) < 0.01 && size.x >= LABEL_ROOM_PX;
    const labels = [...top.querySelectorAll(".peta-sebutan")], lines = top.querySelector("svg");
    lines.replaceChildren();
    labels.forEach((label) => { label.hidden = !whole; });
    if (whole) placed(labels, spots, size).forEach((spot) => lines.append(line(spot)));
  }

  /* Beside a ring, never under it; without "Jakarta" where the city is small. */
  function kotaNames(top, size, spots) {
    const wide = Math.min(size.x, size.y) >= WHOLE_NAMES_PX;
    top.querySelectorAll("span").forEach((element, place) => {
      const [name, ...middle] = shapes.kota[place], spot = map.latLngToContainerPoint(middle);
      element.textContent = wide ? name : name.replace("Jakarta ", "");
      const half = element.offsetWidth / 2 + 14;
      const over = spots.find((ring) => Math.abs(ring.x - spot.x) < half && Math.abs(ring.y - spot.y) < RING_ROOM_PX);
      at(element, spot.x, over ? over.y + (over.y > spot.y ? -RING_ROOM_PX : RING_ROOM_PX) : spot.y);
    });
  }

  /* Names outside the shape, each on the side its ring is nearer to, none over another. */
  function placed(labels, spots, size) {
    const shore = coast.map(([x, y]) => map.latLngToContainerPoint([y, x])), middle = size.x / 2, found = [];
    [true, false].forEach((left) => {
      let below = -Infinity;
      const side = spots.map((spot, place) => place).filter((place) => spots[place].x < middle === left).sort((a, b) => spots[a].y - spots[b].y);
      side.forEach((place) => {
        const y = Math.max(spots[place].y, below + LABEL_GAP_PX, 12), near = shore.filter((point) => Math.abs(point.y - y) < 24).map((point) => point.x);
        const width = labels[place].offsetWidth, edge = left ? Math.min(spots[place].x, ...near) : Math.max(spots[place].x, ...near);
        const x = left ? Math.max(width + 4, edge - 28) : Math.min(size.x - width - 4, edge + 28);
        below = y;
        at(labels[place], left ? x - width : x, y);
        found.push({ from: [left ? x + 5 : x - 5, y], to: [spots[place].x, spots[place].y] });
      });
    });
    return found;
  }

  function line({ from, to }) {
    const element = document.createElementNS(SVG, "path"), length = Math.hypot(to[0] - from[0], to[1] - from[1]) || 1, short = 13 / length;
    const end = [to[0] - (to[0] - from[0]) * short, to[1] - (to[1] - from[1]) * short];
    element.setAttribute("d", `M${from[0]} ${from[1]}L${end[0]} ${end[1]}`);
    return element;
  }

  /* The pictures of all days, for the choices of the address: asked for once. */
  function everyDay() {
    const there = new URLSearchParams(location.search), query = new URLSearchParams();
    (main()?.dataset.asks || "").split(",").forEach((name) => { if (name !== "hari" && there.get(name)) query.set(name, there.get(name)); });
    const url = "/api/layar/peta-hari" + (query.toString() ? "?" + query : "");
    if (days.url !== url) {
      const promise = fetch(url, { credentials: "same-origin" }).then((answer) => { if (!answer.ok) throw new Error(url); return answer.json(); }).then((answer) => answer.parts["peta-hari.data"].value);
      promise.catch(() => { if (days.promise === promise) days = { url: null, promise: null }; });
      days = { url, promise };
    }
    return days.promise;
  }

  async function paintDay(place) {
    let all;
    try { all = await everyDay(); } catch (failed) { return; }
    if (moving !== place || !data) return; // another day meanwhile
    if (drawn === "areas") {
      if (!all.areas) return;
      const row = new Map(all.areas.codes.map((code, number) => [code, number]));
      layers.forEach((layer, key) => paint(layer, all.areas.classes[row.get(areaOf(key)) * all.days + place]));
    } else if (all[drawn]) {
      layers.forEach((layer, key) => paint(layer, all[drawn][key * all.days + place]));
    }
  }

  function show(place) {
    const all = bars(), bar = all[place];
    if (!bar) return;
    moving = place;
    main()?.classList.add("bergerak"); // hot spots are of the week at rest: they step back
    all.forEach((one, number) => one.classList.toggle("in", number > place - 7 && number <= place));
    document.querySelector(".peta-bilah")?.style.setProperty("--akhir", place + 1);
    const total = document.querySelector(".peta-jumlah"), week = document.querySelector(".peta-minggu");
    if (total) total.textContent = bar.dataset.week;
    if (week) week.textContent = bar.dataset.range;
    if (slider() && +slider().value !== place) slider().value = place;
    slider()?.setAttribute("aria-valuetext", bar.dataset.range);
    paintDay(place);
  }

  /* The day the bar rests on becomes the choice of the address; the last day is the default. */
  function rest() {
    const bar = bars()[moving], last = moving === bars().length - 1;
    moving = null;
    main()?.classList.remove("bergerak");
    if (bar) space.setQuery({ hari: last ? "" : bar.dataset.day }, true);
    if (map) paintWhenThere();
  }

  /* What is on the map stays until the snapshot of the new day is there. */
  function paintWhenThere() {
    const before = data;
    setTimeout(() => { if (data === before && moving === null) draw(); }, 1500);
  }

  function stop() {
    clearInterval(timer);
    timer = null;
    document.querySelector(".peta-putar")?.setAttribute("aria-pressed", "false");
  }

  function play() {
    const last = bars().length - 1, now = +(slider()?.value ?? last);
    let place = now >= last ? Math.min(6, last) : now;
    document.querySelector(".peta-putar").setAttribute("aria-pressed", "true");
    show(place);
    timer = setInterval(() => {
      if (!main()) return stop();
      if (place >= last) { stop(); return rest(); }
      show(++place);
    }, STEP_MS);
  }

  /* A bar is a link to its day. The bar shows it at once, so that what React changes next starts from there. */
  function leap(place) {
    stop();
    show(place);
    moving = null;
    main()?.classList.remove("bergerak");
  }

  document.addEventListener("click", (event) => {
    if (!(event.target instanceof Element)) return;
    const ring = event.target.closest(".peta-atas a");
    if (ring && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.button) { event.preventDefault(); go(ring.href); }
    if (event.target.closest(".peta-putar")) { if (timer) { stop(); rest(); } else play(); }
    const bar = event.target.closest(".peta-batang a");
    if (bar) leap(bars().indexOf(bar));
  });
  document.addEventListener("input", (event) => {
    if (event.target !== slider() || !slider()) return;
    stop();
    show(+slider().value);
  });
  document.addEventListener("change", (event) => {
    if (event.target === slider() && slider() && moving !== null) rest();
  });

  window.ruangPantauLuas = { open };
  window.dash_clientside = Object.assign({}, window.dash_clientside);
  window.dash_clientside.ruangPantau = Object.assign({}, window.dash_clientside.ruangPantau, { petaDraw });
})();
