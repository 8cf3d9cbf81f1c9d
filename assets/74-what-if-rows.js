/* Rows one can tick in the what-if, drawn from data-rows (components/what_if.py, Row): plain elements, because the
   renderer of components needs a millisecond or two for each. A row stays the same element, so the focus stays on it. */
(function () {
  "use strict";
  var drawn = new WeakMap(), rowOf = new WeakMap();
  var space = (window.ruangPantau = window.ruangPantau || {});

  /* What stands in a row: the fields of Row, and the title that names it. */
  space.rowOf = function (element) { return rowOf.get(element); };

  function write(element, text) { if (element.textContent !== text) { element.textContent = text; } }

  function empty(row) {
    var item = document.createElement("li");
    item.dataset.token = row.token;
    item.innerHTML = '<button type="button" class="tick" role="checkbox"><span><b></b> <em></em> <i></i></span><span></span><span></span></button>' +
      '<button type="button" class="set">atur</button>';
    return item;
  }

  function fill(item, row) {
    var tick = item.firstChild, cells = tick.children, words = cells[0].children;
    row.title = [row.name, row.place, row.number].filter(Boolean).join(" ");
    rowOf.set(item, row);
    tick.setAttribute("aria-checked", String(row.is_on));
    tick.title = row.title;
    [row.name + (row.place ? "," : ""), row.place, row.number].forEach(function (text, at) { write(words[at], text); });
    write(cells[1], row.when);
    write(cells[2], row.value);
    item.lastChild.setAttribute("aria-label", "atur " + row.title);
  }

  function draw(list) {
    var text = list.dataset.rows, there = new Map();
    if (drawn.get(list) === text) { return; }
    drawn.set(list, text);
    Array.from(list.children).forEach(function (item) { there.set(item.dataset.token, item); });
    JSON.parse(text).forEach(function (row, at) {
      var item = there.get(row.token) || empty(row);
      there.delete(row.token);
      fill(item, row);
      if (list.children[at] !== item) { list.insertBefore(item, list.children[at] || null); }
    });
    there.forEach(function (item) { item.remove(); });
  }

  function drawAll() { document.querySelectorAll(".sim ul[data-rows]").forEach(draw); }

  new MutationObserver(drawAll).observe(document.documentElement, { attributes: true, attributeFilter: ["data-rows"], childList: true, subtree: true });
})();
