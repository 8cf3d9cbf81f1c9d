/* Clock, countdown and freshness, drawn every second from timestamps, never from counted ticks.
   window.ruangPantau.feed = {asOf, serverOffset, state: "ok"|"putus", attempts, since} is kept by the polling script (ms). */
(function () {
  "use strict";
  const DAYS = ["Minggu", "Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu"];
  const MONTHS = ["Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober", "November", "Desember"];
  const SHORT = ["Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des"];
  const SECOND = 1000, MINUTE = 60 * SECOND, HOUR = 60 * MINUTE, DAY = 24 * HOUR;
  const WIB = 7 * HOUR;
  const FRESH = 30 * SECOND, STALE = 2 * MINUTE;
  const CUTOFF_DAY = 8;

  const wib = (at) => new Date(at + WIB); // its getUTC... functions give the parts of Jakarta time
  const two = (number) => String(number).padStart(2, "0");
  const clock = (at) => `${two(wib(at).getUTCHours())}.${two(wib(at).getUTCMinutes())}`;
  const seconds = (at) => `${clock(at)}.${two(wib(at).getUTCSeconds())}`;

  function write(element, text) {
    if (element && element.textContent !== text) element.textContent = text;
  }

  function drawClock(now) {
    const day = wib(now);
    write(document.getElementById("clock"), clock(now));
    write(document.getElementById("date"),
      `${DAYS[day.getUTCDay()]}, ${day.getUTCDate()} ${SHORT[day.getUTCMonth()]} ${day.getUTCFullYear()}`);
  }

  // The nearer cut-off: from the 1st to the 8th that of last month, whose minute 23.59 counts to its end.
  function nextCutoff(now) {
    const day = wib(now);
    const ahead = day.getUTCDate() <= CUTOFF_DAY ? 0 : 1;
    const end = Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + ahead, CUTOFF_DAY + 1) - WIB;
    const last = wib(end - MINUTE);
    return { end, last, of: (last.getUTCMonth() + 11) % 12 };
  }

  function left(duration) {
    const days = Math.floor(duration / DAY), hours = Math.floor((duration % DAY) / HOUR), minutes = Math.floor((duration % HOUR) / MINUTE);
    if (days) return [days, " hari ", hours, " jam"];
    return hours ? [hours, " jam ", minutes, " menit"] : [minutes, " menit"];
  }

  function drawCountdown(now) {
    const place = document.getElementById("countdown");
    if (!place) return;
    const { end, last, of } = nextCutoff(now);
    const date = `${last.getUTCDate()} ${SHORT[last.getUTCMonth()]}`;
    write(place.querySelector(".cut-wall"), `Menuju cut-off ${MONTHS[of]}\n${DAYS[last.getUTCDay()]}, ${date} 23.59`);
    write(place.querySelector(".cut-desk"), `cut-off ${SHORT[of]}, ${date}`);
    write(place.querySelector(".cut-phone"), `Menuju cut-off ${SHORT[of]}, ${date} 23.59`);
    writeParts(place.querySelector("b"), left(end - now));
  }

  function writeParts(element, parts) {
    if (element.textContent === parts.join("")) return;
    element.replaceChildren(...parts.map(function (part) {
      if (typeof part === "number") return document.createTextNode(part);
      const unit = document.createElement("small");
      unit.textContent = part;
      return unit;
    }));
  }

  function freshness(feed, now) {
    const retry = feed.attempts ? `mencoba lagi, ke-${feed.attempts}` : "menunggu data baru";
    if (!feed.asOf) return feed.state === "putus" ? ["stale", "Belum ada data", retry] : ["wait", "Menyambung", "data pertama"];
    const age = Math.max(now - feed.asOf, 0);
    if (feed.state === "putus" || age > STALE) return ["stale", `Data terakhir ${when(feed.asOf, now)} WIB`, retry];
    return [age <= FRESH ? "ok" : "slow", `Data ${Math.floor(age / SECOND)} detik lalu`, `terakhir ${seconds(feed.asOf)} WIB`];
  }

  // A time of another day would look like today's without its date.
  function when(at, now) {
    const day = wib(at);
    const today = Math.floor((at + WIB) / DAY) === Math.floor((now + WIB) / DAY);
    return today ? clock(at) : `${day.getUTCDate()} ${SHORT[day.getUTCMonth()]} ${clock(at)}`;
  }

  function drawFreshness(feed, now) {
    const place = document.getElementById("freshness");
    if (!place) return;
    const [state, first, second] = freshness(feed, now);
    if (place.dataset.state !== state) place.dataset.state = state;
    write(place.querySelector("b"), first);
    write(place.querySelector("span"), second);
  }

  // Time left to an instant (ms) that stands in the page: <span data-until="1765212000000">.
  function drawLeft(now) {
    for (const place of document.querySelectorAll("[data-until]")) {
      const duration = Number(place.dataset.until) - now;
      write(place, duration > 0 ? left(duration).join("") : "sudah lewat");
    }
  }

  function draw() {
    const feed = window.ruangPantau.feed || {};
    const now = Date.now() + (feed.serverOffset || 0);
    drawClock(now);
    drawCountdown(now);
    drawFreshness(feed, now);
    drawLeft(now);
  }

  window.ruangPantau = window.ruangPantau || {};
  window.ruangPantau.drawClock = draw; // for the polling script, when it learns something between two seconds
  draw();
  setInterval(draw, SECOND);
})();
