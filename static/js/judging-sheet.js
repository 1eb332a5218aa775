// The score sheet while it is being filled in: running total, drafts that save themselves, two texts, sending.
//
// What is typed goes to the device first and leaves it only when the server has confirmed the same text, so a reload, a
// lost connection, an ended session or a killed server costs nothing. Sealing a text takes a moment, so a page that is
// left sends its last one at once. The version number that every saving carries lets the server notice another window or
// device; then both texts are shown, and the juror chooses.

import { isOvertaken, noteLeft, onLeaving, takeLeft, thisWindow, turnOf } from "./core-turns.js";
import { hour } from "./judging-device.js";
import { addSteps, addUp } from "./judging-marks.js";

const PAUSE = 1200;
const LONGEST_PAUSE = 10000;

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
  let turn = 0;
  let present = { window: thisWindow, turn }; // which text stands in the fields: of this window, or one that was left
  let sentLast = null;
  let lostAt = "";
  let leaving = false;

  function say(name, values = {}, kind = "") {
    status.className = `save-state ${kind}`;
    status.textContent = Object.entries(values).reduce(
      (text, [key, value]) => text.replace(`{${key}}`, value),
      words.dataset[name],
    );
  }

  function turnOver() {
    turn += 1;
    present = { window: thisWindow, turn };
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
      ...present,
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
    return underWay || leaving || conflict() ? underWay : begin();
  }

  // Without waiting for the answer to an earlier text.
  function saveAtOnce() {
    if (!kept() || kept().queued || leaving || conflict() || (underWay && sentLast === present)) return;
    clearTimeout(timer);
    begin();
  }

  function begin() {
    const all = Promise.all([underWay, deliverDraft()]).finally(() => underWay === all && (underWay = null));
    underWay = all;
    return all;
  }

  async function deliverDraft() {
    const record = { id, ...present, fields: typed(), version: Number(version.value), queued: false };
    sentLast = present;
    say("saving", {}, "pending");
    const outcome = await desk.deliver(record);
    if (outcome.kind === "waiting") return retry();
    pause = PAUSE;
    lostAt = "";
    if (outcome.kind === "saved") return confirmed(outcome, record);
    if (outcome.kind === "changed") return choose(outcome.stored, "stored");
    await keep({ waiting: true });
    if (outcome.kind === "ended") return ended();
    say(outcome.kind === "gone" ? "gone" : "refused", { why: outcome.why }, "failed");
  }

  async function confirmed(answer, sent) {
    if (answer.turn > sent.turn && sent.window !== thisWindow) {
      lookAgain({ window: sent.window, turn: answer.turn });
      return;
    }
    version.value = Math.max(answer.version, version.value);
    const { version: now, saved_at } = answer;
    if (answer.turn === sent.turn) desk.announce({ kind: "saved", id, version: now, fields: sent.fields, saved_at });
    if (sent.window === present.window && sent.turn === present.turn) {
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
    turnOver();
    await keep();
    await save();
    if (other.sent) location.reload();
  }

  // The page that was left in the middle of a word has sent its last text; this one may have been written before that
  // arrived, and shows it as soon as it is there, unless typing goes on here.
  const left = `judging-left-${id}`;

  async function lookAgain(last) {
    let before = present;
    for (let time = 1; time <= 8; time += 1) {
      const stored = await desk.stored(id);
      if (present !== before || leaving || conflict()) return;
      const isLast = stored && isOvertaken(last, stored);
      if (stored && stored.version > Number(version.value) && (isLast || !kept())) {
        before = present = turnOf(stored);
        version.value = stored.version;
        put(stored.fields);
        say("saved", { at: stored.saved_at });
        await forget();
      }
      if (isLast) return;
      await new Promise((resolve) => setTimeout(resolve, 250 * time));
    }
  }

  // From here on --------------------------------------------------------------------------------------------------

  // Only a page opened anew shows what the server keeps; one that came back with a refusal repeats what was sent.
  async function takeUp(record) {
    if (!record) return;
    const cameBack = form.parentElement.querySelector(".error-summary") !== null;
    const shown = turnOf(form.dataset);
    const standsSo = same(record.fields, typed()) || isOvertaken(record, shown);
    const goesOn = record.version === Number(version.value) || isOvertaken(shown, record);
    if (standsSo && !record.queued) {
      if (cameBack) await keep();
      else if (!record.refused || !offline) await forget();
    } else if (offline || (goesOn && !record.refused && !early)) {
      put(record.fields);
      if (record.window) present = turnOf(record);
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
  const last = takeLeft(left);
  await takeUp(kept());
  if (last && !offline && !isOvertaken(last, turnOf(form.dataset)) && !isOvertaken(last, present)) lookAgain(last);
  if (early && !kept() && !conflict()) keep().then(() => soon());

  for (const field of fields) {
    field.addEventListener("input", () => {
      turnOver();
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
  addEventListener("online", () => kept() && soon(0));
  addEventListener("desk-hurry", () => (kept()?.queued ? soon(0) : saveAtOnce()));
  onLeaving(() => {
    if (kept() && !leaving) noteLeft(left, present);
    saveAtOnce();
  });
  form.dataset.ready = "";
}
