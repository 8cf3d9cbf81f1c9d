/* Base against scenario in the what-if, drawn from data-result (components/what_if.py, Result). The elements stay and
   only their words change: the dots slide by CSS, and who listens hears the new result once. */
(function () {
  "use strict";
  var SIDE = '<div><span class="xs t2"></span><b></b></div>';
  var FRAME = '<p class="only-spoken" role="status"></p><div class="vs">' + SIDE + '<span class="to" aria-hidden="true">→</span>' + SIDE +
    '<div class="r"><span class="xs t2">Selisih</span><b></b></div></div><div class="lines"></div><div class="imp"></div><ul class="no"></ul><div class="notes"></div>';
  var HEAD = '<p class="sr sh xs t2"><span>Bagian</span><span><i class="b0"></i> Dasar</span><span><i class="b1"></i> Skenario</span><span></span><span>Selisih</span></p>';
  var LINE = '<span></span><span></span><span></span><span class="db" aria-hidden="true"><i class="b0"></i><i class="b1"></i></span><b></b>';
  var drawn = new WeakMap();

  function make(name, className, html) {
    var element = document.createElement(name);
    element.className = className;
    element.innerHTML = html || ""; /* only the fixed texts above; data are written as text */
    return element;
  }

  function write(element, text) { if (element.textContent !== text) { element.textContent = text; } }

  function score(side, found) {
    write(side.firstChild, found.label);
    var mark = make("span", found.grade ? "gr gr-" + found.grade.toLowerCase() : "gr none");
    mark.textContent = found.grade || "–";
    side.lastChild.replaceChildren(found.shown + " ", mark);
  }

  /* As many elements as there are items, made anew only where one is missing. */
  function fit(place, items, add, fill, before) {
    while (place.children.length > items.length + before) { place.lastChild.remove(); }
    items.forEach(function (item, at) { fill(place.children[at + before] || place.appendChild(add()), item); });
  }

  function fillLine(row, line) {
    var cells = row.children;
    [line.name, line.base, line.scenario].forEach(function (text, at) { write(cells[at], text); });
    cells[3].firstChild.style.left = line.base_left;
    cells[3].lastChild.style.left = line.scenario_left;
    write(cells[4], line.moved);
  }

  function fillEffect(paragraph, effect) {
    write(paragraph.firstChild, effect[0] + ".");
    write(paragraph.lastChild, effect[1]);
  }

  function draw(place) {
    var text = place.dataset.result;
    if (drawn.get(place) === text) { return; }
    drawn.set(place, text);
    if (!text) { place.replaceChildren(); return; }
    if (!place.firstChild) {
      place.innerHTML = FRAME;
      place.querySelector(".lines").innerHTML = HEAD;
    }
    var found = JSON.parse(text), sides = place.querySelector(".vs").children;
    score(sides[0], found.base);
    score(sides[2], found.scenario);
    write(sides[3].lastChild, found.difference);
    fit(place.querySelector(".lines"), found.lines, function () { return make("p", "sr", LINE); }, fillLine, 1);
    fit(place.querySelector(".imp"), found.effects, function () { return make("p", "", "<b></b> <span></span>"); }, fillEffect, 0);
    fit(place.querySelector(".no"), found.refused, function () { return make("li", "", '<i class="mk mk-batas" aria-hidden="true"></i> <span></span>'); }, function (item, words) { write(item.lastChild, words); }, 0);
    fit(place.querySelector(".notes"), found.notes, function () { return make("p", "t2"); }, write, 0);
    write(place.firstChild, found.spoken);
  }

  function drawAll() { document.querySelectorAll(".sim [data-result]").forEach(draw); }

  new MutationObserver(drawAll).observe(document.documentElement, { attributes: true, attributeFilter: ["data-result"], childList: true, subtree: true });
})();
