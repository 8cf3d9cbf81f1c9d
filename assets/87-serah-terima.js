/* Serah terima: sends what two people wrote, and opens the sheet that was kept. */
(function () {
  "use strict";
  const FIELDS = { dari: "handover-from", kepada: "handover-to", catatan: "handover-remark" };
  const ANSWER_MS = 15000; // an answer that is lost on the way must not lock the button
  let sent = 0;

  function free() {
    const button = document.querySelector("[data-sign]");
    if (button) button.disabled = false;
  }

  function late(number) {
    const button = document.querySelector("[data-sign]");
    if (number !== sent || !button || !button.disabled) return;
    free();
    say("Belum ada jawaban; isian Anda tetap di sini. Silakan coba lagi.");
  }

  function say(words) {
    const line = document.querySelector(".ho-said");
    if (line) line.textContent = words;
  }

  document.addEventListener("click", (event) => {
    const button = event.target instanceof Element && event.target.closest("[data-sign]");
    if (!button || button.disabled) return;
    button.disabled = true;
    sent += 1;
    setTimeout(() => late(order.kali), ANSWER_MS);
    const area = (new URLSearchParams(location.search).get("wilayah") || "").slice(0, 5);
    const order = { kali: sent, wilayah: area };
    for (const [name, id] of Object.entries(FIELDS)) order[name] = document.getElementById(id).value;
    say("Menyimpan…");
    window.dash_clientside.set_props("handover-order", { data: order });
  });

  window.dash_clientside.ruangPantau.handoverAnswer = (answer) => {
    if (!answer || answer.kali !== sent) return;
    free();
    say(answer.kata || "");
    if (!answer.lembar) return;
    for (const id of Object.values(FIELDS)) window.dash_clientside.set_props(id, { value: "" });
    window.ruangPantau.setQuery({ lembar: String(answer.lembar) });
  };
})();
