/* The what-if: a tick, the dialog of one item and a pace of one's own write the URL; the server draws what follows.
   The grammar of an item is in pages/_tkd/scenario.py. */
(function () {
  "use strict";
  /* gunicorn.conf.py refuses a request line beyond 8190 signs, and the URL is sent encoded. */
  var LINK_LENGTH = 7800, SCENARIO_LENGTH = 6000; /* the second as in pages/_query.py */
  var KINDS = [["", "Selesai"], ["pindah", "Dipindahkan ke unit lain"], ["tiket", "Diberi tiket"]];
  var REOPEN = [["buka", "Dibuka lagi"]], GROUP = [["", "Selesai semua"]];
  var space = (window.ruangPantau = window.ruangPantau || {}), units = null;

  function items() {
    return (new URLSearchParams(location.search).get("sim") || "").split(",").filter(Boolean);
  }

  function tokenOf(item) { return item.split(/[@~]/)[0]; }

  function started() {
    var query = new URLSearchParams(location.search);
    return query.has("sim") || query.has("perhari");
  }

  /* Back leaves the scenario as a whole, not tick by tick. */
  function write(list) {
    var text = list.join(",");
    if (text.length > SCENARIO_LENGTH || new URLSearchParams({ sim: text }).toString().length > LINK_LENGTH) {
      say("Terlalu banyak pilihan untuk satu tautan (" + list.length + "). Pilihlah per kategori atau unit.");
      return;
    }
    space.setQuery({ sim: text }, started());
  }

  function put(token, item) {
    var rest = items().filter(function (other) { return tokenOf(other) !== token; });
    write(item ? rest.concat(item) : rest);
  }

  function tick(row) {
    var next = row.next; /* a second press before the answer has come takes the first one back */
    put(row.token, items().indexOf(next) >= 0 ? "" : next);
  }

  function make(name, attributes, children) {
    var element = document.createElement(name);
    Object.keys(attributes || {}).forEach(function (key) { element.setAttribute(key, attributes[key]); });
    (children || []).forEach(function (child) { element.append(child); });
    return element;
  }

  function field(label, input) { return make("label", {}, [make("span", {}, [label]), input]); }

  /* A native dialog: it keeps the focus inside, Escape closes it, and the focus returns to where it was. */
  function open(title, fields, buttons, done) {
    var form = make("form", { method: "dialog" }, [make("h2", {}, [title])].concat(fields, [make("p", {}, buttons)]));
    var dialog = make("dialog", { class: "sim-dialog", "aria-label": title }, [form]);
    document.querySelector(".app").append(dialog);
    form.addEventListener("submit", function (event) {
      var how = event.submitter ? event.submitter.value : "simpan";
      if (how !== "batal" && done && done(how) === false) { event.preventDefault(); }
    });
    dialog.addEventListener("close", function () { dialog.remove(); });
    dialog.showModal();
    return form;
  }

  function button(words, value, main) {
    var attributes = { value: value, class: main ? "btn-q pri" : "btn-q" };
    if (value !== "simpan") { attributes.formnovalidate = ""; }
    return make("button", attributes, [words]);
  }

  function say(words) { open("Simulasi", [make("p", {}, [words])], [button("Tutup", "batal", true)]); }

  function time(name, value) {
    return make("input", { type: "datetime-local", name: name, value: value, required: "", min: "2000-01-01T00:00", max: "2100-12-31T23:59" });
  }

  function openItem(row) {
    var parts = row.item.split("~"), kinds = { selesai: REOPEN, grup: GROUP }[row.kind] || KINDS;
    var kind = make("select", { name: "kind" }, kinds.map(function (known) { return make("option", { value: known[0] }, [known[1]]); }));
    kind.value = kinds.some(function (known) { return known[0] === parts[1]; }) ? parts[1] : kinds[0][0];
    var list = make("datalist", { id: "sim-units" }), unit = make("input", { name: "unit", list: "sim-units", autocomplete: "off", placeholder: "Ketik nama unit" });
    var extra = {
      pindah: [field("Unit tujuan", unit), list],
      tiket: [field("Komitmen selesai", time("commitment", parts[1] === "tiket" ? parts[2] : "")), field("Batas tiket", time("limit", parts[1] === "tiket" ? parts[3] : ""))],
    };
    var fields = [make("p", { class: "t2" }, [row.title]), field("Apa yang terjadi", kind), field("Kapan (WIB)", time("at", row.time))];
    var buttons = [button("Simpan", "simpan", true), button("Batal", "batal")];
    if (row.item) { buttons.splice(1, 0, button("Lepas", "lepas")); }
    var form = open("Atur skenario (simulasi)", fields.concat(extra.pindah, extra.tiket), buttons, function (how) {
      if (how === "lepas") { put(row.token, ""); return true; }
      return save(row.token, form);
    });
    function show() {
      Object.keys(extra).forEach(function (name) {
        extra[name].forEach(function (element) {
          element.hidden = kind.value !== name;
          element.querySelectorAll("input").forEach(function (input) { input.disabled = element.hidden; input.required = !element.hidden; });
        });
      });
    }
    kind.addEventListener("change", show);
    unit.addEventListener("input", function () { unit.setCustomValidity(""); });
    show();
    fillUnits(list, unit, parts[1] === "pindah" ? parts[2] : "");
  }

  function save(token, form) {
    var kind = form.elements.kind.value, item = token + "@" + form.elements.at.value;
    if (kind === "pindah") {
      var target = (units || []).find(function (known) { return known[1] === form.elements.unit.value; });
      if (!target) {
        form.elements.unit.setCustomValidity("Pilih satu unit dari daftar.");
        form.elements.unit.reportValidity();
        return false;
      }
      item += "~pindah~" + target[0];
    } else if (kind === "tiket") {
      item += "~tiket~" + form.elements.commitment.value + "~" + form.elements.limit.value;
    } else if (kind) {
      item += "~" + kind;
    }
    put(token, item);
    return true;
  }

  function fillUnits(list, input, chosen) {
    askUnits().then(function () {
      list.replaceChildren.apply(list, units.map(function (known) { return make("option", { value: known[1] }); }));
      var known = units.find(function (unit) { return unit[0] === chosen; });
      if (known) { input.value = known[1]; }
    }).catch(function () { input.placeholder = "Daftar unit belum terbaca"; });
  }

  function askUnits() {
    if (units) { return Promise.resolve(); }
    return fetch("/api/layar/tkd-tujuan", { credentials: "same-origin" }).then(function (response) {
      if (!response.ok) { throw new Error("tkd-tujuan: " + response.status); }
      return response.json();
    }).then(function (snapshot) { units = snapshot.parts["what-if-units.options"].value; });
  }

  function openPace(now) {
    var input = make("input", { type: "number", name: "pace", min: "1", max: "500", step: "1", required: "", value: now });
    open("Selesaikan per hari (simulasi)", [field("Laporan per hari", input)], [button("Simpan", "simpan", true), button("Batal", "batal")], function () {
      space.setQuery({ perhari: String(Number(input.value)) }, started());
    });
  }

  document.addEventListener("click", function (event) {
    var pressed = event.target instanceof Element && event.target.closest(".sim button");
    if (!pressed) { return; }
    var row = pressed.closest("[data-token]");
    if (row) { (pressed.matches(".tick") ? tick : openItem)(space.rowOf(row)); }
    if (pressed.matches("[data-own-pace]")) { openPace(pressed.dataset.ownPace); }
    if (pressed.matches("[data-clear]")) { space.setQuery({ sim: "", perhari: "" }); }
  });
})();
