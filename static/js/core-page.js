// What every page may use; each page works without it.

// A form that came back: its summary takes the focus where the browser did not do so by itself.
const summary = document.querySelector(".error-summary");
if (summary && document.activeElement !== summary) summary.focus();

// A form is sent once, however often the button is pressed: a second press within a few seconds does nothing.
// Listening at the document leaves forms that another script sends by itself alone.
const sent = new WeakMap();
document.addEventListener("submit", (event) => {
  if (event.defaultPrevented || event.target.method !== "post") return;
  if (Date.now() - (sent.get(event.target) ?? 0) < 5000) event.preventDefault();
  else sent.set(event.target, Date.now());
});
addEventListener("pageshow", (event) => {
  if (event.persisted) for (const form of document.forms) sent.delete(form);
});

// The judging desk keeps drafts on the device for one account. They are wiped before that person signs out, and when
// somebody else has signed in; a device on which nobody judges loads none of this.
const keeper = () => {
  try {
    return localStorage.getItem("judging-desk");
  } catch {
    return null;
  }
};
const person = document.querySelector("form.sign-out")?.dataset.account;
if (keeper() && person && keeper() !== person) import("./judging-device.js").then(({ wipe }) => wipe());
document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (!form.matches("form.sign-out, form[data-sign-out]") || !keeper()) return;
  event.preventDefault();
  const { forgetDevice } = await import("./judging-sign-out.js");
  if (await forgetDevice(form)) form.submit();
}, { capture: true });

// A countdown goes on by itself: <div data-countdown="moment" data-now="server's moment"> with <b data-unit="…">.
// The reader's own clock only measures how long the page is open; the server's says what time it is.
for (const box of document.querySelectorAll("[data-countdown]")) {
  const end = Date.parse(box.dataset.countdown);
  const ahead = Date.parse(box.dataset.now) - Date.now();
  const tick = () => {
    const minutes = Math.max(0, Math.floor((end - Date.now() - ahead) / 60000));
    const parts = { days: Math.floor(minutes / 1440), hours: Math.floor(minutes / 60) % 24, minutes: minutes % 60 };
    for (const [unit, value] of Object.entries(parts)) {
      const place = box.querySelector(`[data-unit="${unit}"]`);
      if (place) place.textContent = String(value);
    }
  };
  setInterval(tick, 15000);
}
