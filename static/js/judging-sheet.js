// The score sheet while it is being filled in: steps, running total, and drafts that save themselves.
//
// What is typed goes into localStorage first and leaves it only when the server has confirmed the same text, so a
// reload, a sign-out, a lost connection or a killed server costs nothing. The version number that every saving carries
// lets the server notice a second window; then both texts are shown, and the juror chooses.

const PAUSE = 1200;
const LONGEST_PAUSE = 30000;

const form = document.querySelector("form[data-sheet]");
const fields = [...form.elements].filter((field) => field.name.startsWith("mark_") || field.name === "comment");
const marks = fields.filter((field) => field.name !== "comment");
const version = form.elements.version;
const words = form.querySelector("template[data-words]");
const status = form.querySelector("[data-save-state]");

// Marks ---------------------------------------------------------------------------------------------------------

// Hundredths of a point, or null for what is no mark yet; the server has the last word.
function read(text) {
  const found = /^(\d{1,4})(?:[.,](\d{1,2}))?$/.exec(text.trim());
  return found ? Number(found[1]) * 100 + Number((found[2] ?? "").padEnd(2, "0")) : null;
}

function write(mark, decimals = 0) {
  const text = (mark / 100).toFixed(2).replace(/0$/, "");
  return (decimals || !text.endsWith(".0") ? text : text.slice(0, -2)).replace(".", ",");
}

function step(box, by) {
  const input = box.querySelector("input");
  const size = Number(box.dataset.step);
  const current = read(input.value) ?? 0;
  const wanted = by > 0 ? Math.floor(current / size) + 1 : Math.ceil(current / size) - 1;
  input.value = write(Math.min(Math.max(wanted * size, 0), Number(box.dataset.maximum)));
  input.dispatchEvent(new Event("input", { bubbles: true }));
}

for (const box of form.querySelectorAll("[data-stepper]")) {
  for (const button of box.querySelectorAll("[data-by]")) {
    button.addEventListener("click", () => step(box, Number(button.dataset.by)));
  }
  box.querySelector("input").addEventListener("keydown", (event) => {
    if (event.key !== "ArrowUp" && event.key !== "ArrowDown") return;
    event.preventDefault();
    step(box, event.key === "ArrowUp" ? 1 : -1);
  });
}

// Weights are whole numbers or fractions such as 3/2, so the total is kept as a fraction and rounded only to be shown.
const weights = marks.map((field) => {
  const [above, below = "1"] = field.closest("[data-stepper]").dataset.weight.split("/");
  return { above: BigInt(above), below: BigInt(below) };
});

function total(values) {
  let above = 0n;
  let below = 1n;
  values.forEach((value, place) => {
    const weight = weights[place];
    above = above * weight.below + BigInt(value ?? 0) * weight.above * below;
    below *= weight.below;
  });
  return { above, below };
}

// Whole hundredths are shown as they are, everything else as the regulation rounds.
function rounded({ above, below }) {
  if (above % below === 0n) return Number(above / below);
  const decimals = Math.min(Number(form.dataset.decimals), 2);
  const steps = above * 10n ** BigInt(decimals);
  const unit = below * 100n;
  let whole = steps / unit;
  const twice = (steps % unit) * 2n;
  const up = form.dataset.rounding === "half_up" ? twice >= unit : twice > unit || (twice === unit && whole % 2n === 1n);
  if (form.dataset.rounding !== "down" && up) whole += 1n;
  return Number(whole) * 10 ** (2 - decimals);
}

function addUp() {
  const values = marks.map((field) => read(field.value));
  const missing = values.filter((value) => value === null).length;
  form.querySelector("[data-total]").textContent = write(rounded(total(values)), 1);
  form.querySelector("[data-missing]").textContent = missing
    ? words.dataset.missing.replace("{count}", missing)
    : words.dataset.all;
  explain(values);
}

// Which marks lie so low that the comment must say why.
function explain(values) {
  const low = marks.filter((field, place) => {
    const below = field.closest("[data-stepper]").dataset.commentBelow;
    return below !== undefined && values[place] !== null && values[place] < Number(below);
  });
  const names = low.map((field) => form.querySelector(`label[for="${field.id}"]`).textContent.replace(/^\d+\. /, ""));
  const said = names.length ? `${words.dataset.low} ${names.join("; ")}` : "";
  const hint = form.querySelector("[data-low]");
  if (hint && hint.textContent !== said) hint.textContent = said;
}

// The copy on this device -----------------------------------------------------------------------------------------

const typed = () => Object.fromEntries(fields.map((field) => [field.name, field.value]));
const same = (one, other) => fields.every((field) => (one[field.name] ?? "") === (other[field.name] ?? ""));

// Browsers may refuse storage altogether; the sheet then still saves to the server.
const device = {
  read() {
    try {
      return JSON.parse(localStorage.getItem(form.dataset.key));
    } catch {
      return null;
    }
  },
  keep() {
    try {
      const copy = { version: Number(version.value), fields: typed(), at: hour() };
      localStorage.setItem(form.dataset.key, JSON.stringify(copy));
    } catch {
      // No room or no permission.
    }
  },
  forget() {
    try {
      localStorage.removeItem(form.dataset.key);
    } catch {
      // Nothing was kept.
    }
  },
};

function put(values) {
  for (const field of fields) field.value = values[field.name] ?? "";
  addUp();
}

// Saving ------------------------------------------------------------------------------------------------------------

let timer = 0;
let pause = PAUSE;
let inFlight = false;
let lostAt = "";

// The server says what time it is; the device only measures how long the page has been open.
const ahead = Date.parse(form.dataset.now) - Date.now();
const hour = () =>
  new Date(Date.now() + ahead).toLocaleTimeString("vi-VN", {
    hour: "2-digit",
    minute: "2-digit",
    timeZone: "Asia/Ho_Chi_Minh",
  });

function say(name, values = {}, kind = "") {
  status.className = `save-state ${kind}`;
  status.textContent = Object.entries(values).reduce(
    (text, [key, value]) => text.replace(`{${key}}`, value),
    words.dataset[name],
  );
}

function soon(after = PAUSE) {
  clearTimeout(timer);
  timer = setTimeout(save, after);
}

async function save() {
  clearTimeout(timer);
  if (inFlight || form.querySelector("[data-conflict]")) return;
  inFlight = true;
  const sent = typed();
  say("saving", {}, "pending");
  let response;
  try {
    response = await fetch(form.dataset.autosave, {
      method: "POST",
      headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": form.dataset.csrf },
      body: JSON.stringify({ ...sent, version: Number(version.value) }),
      keepalive: true,
    });
  } catch {
    response = null;
  }
  inFlight = false;
  await take(response, sent);
}

async function take(response, sent) {
  if (!response || response.status >= 500) return retry();
  pause = PAUSE;
  lostAt = "";
  const answer = response.redirected ? null : await response.json().catch(() => null);
  if (response.ok && answer) return confirmed(answer, sent);
  if (response.status === 409 && answer?.stored) return choose(answer.stored, "stored");
  if (!answer || [400, 401, 403].includes(response.status)) return ended();
  say("refused", { why: answer.error }, "failed");
}

function confirmed(answer, sent) {
  version.value = answer.version;
  if (same(sent, typed())) {
    device.forget();
    say("saved", { at: answer.saved_at });
  } else {
    device.keep();
    soon();
  }
}

function retry() {
  lostAt ||= hour();
  say("waiting", { at: lostAt }, "failed");
  pause = Math.min(pause * 2, LONGEST_PAUSE);
  soon(pause);
}

function ended() {
  say("ended", {}, "failed");
  if (!form.querySelector("[data-sign-in]")) {
    status.after(words.content.querySelector("[data-sign-in]").cloneNode(true));
  }
}

// Two texts -----------------------------------------------------------------------------------------------------------

// Show another text beside the typed one. "stored" lies on the server, "local" on this device.
function choose(other, origin) {
  if (same(other.fields, typed())) {
    version.value = other.version;
    device.forget();
    say("saved", { at: other.saved_at });
    return;
  }
  const box = words.content.querySelector("[data-conflict]").cloneNode(true);
  const label = words.content.querySelector(`[data-label-${origin}]`).textContent;
  box.querySelector("h3").textContent = label.replace("{at}", other.saved_at);
  for (const field of fields) {
    const line = document.createElement("li");
    const name = form.querySelector(`label[for="${field.id}"]`).firstChild.textContent.trim();
    line.textContent = `${name}: ${other.fields[field.name] || "–"}`;
    box.querySelector("ul").append(line);
  }
  for (const button of box.querySelectorAll("[data-keep]")) {
    button.addEventListener("click", () => {
      box.remove();
      if (origin === "stored") version.value = other.version;
      if (button.dataset.keep === "theirs") put(other.fields);
      device.keep();
      save();
    });
  }
  form.prepend(box);
  box.scrollIntoView({ block: "nearest" });
}

// From here on ----------------------------------------------------------------------------------------------------------

// Only a page opened anew shows what the server keeps; one that came back with a refusal repeats what was sent.
const refused = form.parentElement.querySelector(".error-summary") !== null;
const kept = device.read();
if (kept && same(kept.fields, typed())) {
  if (refused) device.keep();
  else device.forget();
} else if (kept && kept.version === Number(version.value)) {
  put(kept.fields);
  soon(0);
} else if (kept) {
  choose({ fields: kept.fields, saved_at: kept.at, version: kept.version }, "local");
}

for (const field of fields) {
  field.addEventListener("input", () => {
    addUp();
    device.keep();
    soon();
  });
}
form.addEventListener("submit", () => clearTimeout(timer));
addEventListener("online", () => device.read() && soon(0));
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "hidden" && device.read()) save();
});
