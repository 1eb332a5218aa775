// The score sheet while it is being filled in: running total, drafts that save themselves, two texts, sending.
//
// What is typed goes to the device first and leaves it only when the server has confirmed the same text, so a reload, a
// lost connection, an ended session or a killed server costs nothing. The version number that every saving carries lets
// the server notice another window or device; then both texts are shown, and the juror chooses.

import { hour } from "./judging-device.js";
import { addSteps, addUp } from "./judging-marks.js";

const PAUSE = 1200;
const LONGEST_PAUSE = 30000;

// desk: the juror's own; offline: this is the shell, with no page of the server behind it;
// leave: where to go when the sheet was sent, given the next work that the server names
export async function openSheet(form, desk, { offline = false, leave }) {
  const fields = [...form.elements].filter((field) => field.name.startsWith("mark_") || field.name === "comment");
  const marks = fields.filter((field) => field.name !== "comment");
  const { version, seen, reason } = form.elements;
  const words = form.querySelector("template[data-words]");
  const status = form.querySelector("[data-save-state]");
  const id = Number(form.dataset.sheet);

  // The server says what time it is; the device only measures how long the page has been open.
  const ahead = Date.parse(form.dataset.now) - Date.now();
  const typed = () => Object.fromEntries(fields.map((field) => [field.name, field.value]));
  const same = (one, other) => fields.every((field) => (one[field.name] ?? "") === (other[field.name] ?? ""));
  const isEmpty = () => fields.every((field) => field.value === "");

  let timer = 0;
  let pause = PAUSE;
  let underWay = null;
  let lostAt = "";
  let leaving = false;

  function say(name, values = {}, kind = "") {
    status.className = `save-state ${kind}`;
    status.textContent = Object.entries(values).reduce(
      (text, [key, value]) => text.replace(`{${key}}`, value),
      words.dataset[name],
    );
  }

  function put(values) {
    for (const field of fields) field.value = values[field.name] ?? "";
    addUp(form, marks, words.dataset);
    form.dispatchEvent(new Event("filled"));
  }

  // The copy on this device ---------------------------------------------------------------------------------------

  const kept = () => desk.unsent.get(id);

  function keep(changes = {}) {
    const record = {
      id,
      name: form.dataset.name,
      fields: typed(),
      reason: reason?.value ?? "",
      version: Number(version.value),
      seen: Number(seen.value),
      rubric: form.dataset.rubric,
      at: hour(ahead),
      order: Date.now(),
      mark: crypto.randomUUID?.() ?? String(Math.random()),
      queued: false,
      waiting: lostAt !== "",
      refused: null,
      ...changes,
    };
    return desk.keep(record).then(() => record);
  }

  const forget = () => (kept() ? desk.drop(kept()) : null);

  // Saving --------------------------------------------------------------------------------------------------------

  function soon(after = PAUSE) {
    clearTimeout(timer);
    timer = setTimeout(() => (kept()?.queued ? send() : save()), after);
  }

  function save() {
    clearTimeout(timer);
    if (underWay || leaving || conflict()) return underWay;
    underWay = deliverDraft().finally(() => (underWay = null));
    return underWay;
  }

  async function deliverDraft() {
    const record = { id, fields: typed(), version: Number(version.value), queued: false };
    say("saving", {}, "pending");
    const outcome = await desk.deliver(record);
    if (outcome.kind === "waiting") return retry();
    pause = PAUSE;
    lostAt = "";
    if (outcome.kind === "saved") return confirmed(outcome, record.fields);
    if (outcome.kind === "changed") return choose(outcome.stored, "stored");
    await keep({ waiting: true });
    if (outcome.kind === "ended") return ended();
    say(outcome.kind === "gone" ? "gone" : "refused", { why: outcome.why }, "failed");
  }

  async function confirmed(answer, sent) {
    version.value = answer.version;
    desk.announce({ kind: "saved", id, version: answer.version, fields: sent, saved_at: answer.saved_at });
    if (same(sent, typed())) {
      await forget();
      say("saved", { at: answer.saved_at });
    } else {
      await keep();
      soon();
    }
  }

  async function retry() {
    lostAt ||= hour(ahead);
    say("waiting", { at: lostAt }, "failed");
    await keep();
    pause = Math.min(pause * 2, LONGEST_PAUSE);
    soon(pause);
  }

  function ended() {
    say("ended", {}, "failed");
    if (form.querySelector("[data-again]")) return;
    const help = words.content.querySelector("[data-again]").cloneNode(true);
    help.querySelector("button").addEventListener("click", async () => {
      desk.session.declined = false;
      await save();
      if (!desk.session.declined) help.remove();
    });
    status.after(help);
  }

  // Sending -------------------------------------------------------------------------------------------------------

  // A saving under way is waited for: it carries the version on.
  async function send() {
    await underWay;
    clearTimeout(timer);
    if (conflict()) return conflict().scrollIntoView({ block: "nearest" });
    if (leaving) return;
    leaving = true;
    const record = await keep({ queued: true });
    say("sending", {}, "pending");
    const outcome = await desk.deliver(record, { follow: !offline });
    if (outcome.kind === "sent") {
      desk.announce({ kind: "sent", id });
      await desk.drop(record);
      return leave(outcome.onward);
    }
    if (outcome.kind === "waiting") {
      say("queued", {}, "failed");
      desk.flush();
      if (navigator.serviceWorker?.controller) return leave(undefined);
      leaving = false;
      return soon(LONGEST_PAUSE);
    }
    await refused(outcome, record);
  }

  async function refused(outcome, record) {
    leaving = false;
    if (outcome.kind === "changed") {
      await keep();
      return choose(outcome.stored, "stored");
    }
    if (outcome.kind === "ended") {
      await keep({ waiting: true });
      return ended();
    }
    if (!offline) return sendAsPage();
    await desk.keep({ ...record, version: outcome.version ?? record.version, refused: outcome });
    say(outcome.kind === "gone" ? "gone" : "refused", { why: outcome.why }, "failed");
  }

  // The server's own page says at each field what is wrong, and keeps what was typed.
  async function sendAsPage() {
    leaving = true;
    await keep();
    form.elements.csrf_token.value = desk.session.token;
    const button = document.createElement("input");
    Object.assign(button, { type: "hidden", name: "send", value: "1" });
    form.append(button);
    form.submit();
  }

  // Two texts -----------------------------------------------------------------------------------------------------

  const conflict = () => form.querySelector("[data-conflict]");

  // Show another text beside the typed one. "stored" lies on the server, "local" on this device.
  async function choose(other, origin) {
    conflict()?.remove();
    if (!other.sent && (same(other.fields, typed()) || (isEmpty() && origin === "stored"))) {
      put(other.fields);
      version.value = other.version;
      await forget();
      return say("saved", { at: other.saved_at });
    }
    clearTimeout(timer);
    const box = words.content.querySelector("[data-conflict]").cloneNode(true);
    const label = words.content.querySelector(`[data-label-${other.sent ? "sent" : origin}]`).textContent;
    box.querySelector("h3").textContent = label.replace("{at}", other.saved_at);
    for (const [place, values] of [["mine", typed()], ["theirs", other.fields]]) {
      box.querySelector(`[data-text="${place}"]`).append(...lines(values, typed(), other.fields));
    }
    for (const button of box.querySelectorAll("[data-keep]")) {
      button.addEventListener("click", () => settle(box, other, origin, button.dataset.keep));
    }
    form.prepend(box);
    box.scrollIntoView({ block: "nearest" });
  }

  // The same lines on both sides; what differs is marked.
  function lines(values, mine, theirs) {
    return fields.map((field) => {
      const line = document.createElement("li");
      const name = form.querySelector(`label[for="${field.id}"]`).firstChild.textContent.trim();
      const text = document.createElement((mine[field.name] ?? "") === (theirs[field.name] ?? "") ? "span" : "strong");
      text.textContent = values[field.name] || "–";
      line.append(`${name}: `, text);
      return line;
    });
  }

  async function settle(box, other, origin, choice) {
    box.remove();
    if (origin === "stored") version.value = other.version;
    if (other.seen !== undefined) seen.value = other.seen;
    if (choice === "theirs") put(other.fields);
    await keep();
    await save();
    if (other.sent) location.reload();
  }

  // Leaving in the middle of a word: the server is told at once, but the page that is opened next may have been written
  // before that arrived. It then looks again. Only the number of the sheet is noted, in this window.
  const left = `judging-left-${id}`;

  async function lookAgain() {
    if (sessionStorage.getItem(left) === null) return;
    sessionStorage.removeItem(left);
    for (let turn = 0; turn < 20 && !kept() && isUntouched(); turn += 1) {
      const stored = await desk.stored(id);
      if (stored && stored.version > Number(version.value)) {
        version.value = stored.version;
        return put(stored.fields);
      }
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
  }

  const isUntouched = () => fields.every((field) => field.value === field.defaultValue);

  // From here on --------------------------------------------------------------------------------------------------

  // Only a page opened anew shows what the server keeps; one that came back with a refusal repeats what was sent.
  async function takeUp(record) {
    if (!record) return;
    const cameBack = form.parentElement.querySelector(".error-summary") !== null;
    const standsSo = same(record.fields, typed());
    if (standsSo && !record.queued) {
      if (cameBack) await keep();
      else if (!record.refused || !offline) await forget();
    } else if (offline || (record.version === Number(version.value) && !record.refused && !early)) {
      put(record.fields);
      if (reason) reason.value = record.reason;
      if (offline) version.value = record.version;
      if (record.refused?.stored) return choose(record.refused.stored, "stored");
      if (record.refused) return say(record.refused.kind === "gone" ? "gone" : "refused", { why: record.refused.why }, "failed");
      if (!record.queued) return soon(0);
      if (!offline) return send();
      say("queued", {}, "failed");
      soon(pause);
    } else {
      await choose({ fields: record.fields, saved_at: record.at, version: record.version }, "local");
    }
  }

  // What was typed before this script had come so far.
  const early = fields.some((field) => field.value !== field.defaultValue);
  desk.hold(id);
  addSteps(form);
  addUp(form, marks, words.dataset);
  await takeUp(kept());
  if (!offline && !kept()) lookAgain();
  if (early && !kept() && !conflict()) keep().then(() => soon());

  for (const field of fields) {
    field.addEventListener("input", () => {
      addUp(form, marks, words.dataset);
      keep();
      soon();
    });
  }
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (event.submitter?.name === "send") send();
    else save();
  });
  desk.listen((news) => {
    if (news.id !== id || leaving) return;
    if (news.kind === "saved" && news.version > Number(version.value)) choose(news, "stored");
    if (news.kind === "sent") location.reload();
  });
  for (const moment of ["online", "desk-hurry"]) addEventListener(moment, () => kept() && soon(0));
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden" && kept() && !kept().queued) save();
  });
  addEventListener("pagehide", () => kept() && !leaving && sessionStorage.setItem(left, ""));
  form.dataset.ready = "";
}
