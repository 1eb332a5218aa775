// Beside the marks: which level a mark falls into, where the work stands among the juror's own, and keys.
//
// The marks themselves are the business of judging-sheet.js; this module only reads the fields, whoever filled them.

import { read } from "./judging-marks.js";

const form = document.querySelector("[data-stepper]").closest("form");
const criteria = [...form.querySelectorAll("[data-stepper]")].map((stepper) => {
  const [above, below = 1] = stepper.dataset.weight.split("/").map(Number);
  const levels = stepper.closest(".criterion").querySelectorAll("[data-level]");
  return { field: stepper.querySelector("input"), weight: above / below, levels: [...levels], stepper };
});

// Levels and place ----------------------------------------------------------------------------------------------------

function mark(levels, given) {
  for (const level of levels) {
    const now = given !== null && given >= Number(level.dataset.from) && given <= Number(level.dataset.to);
    level.classList.toggle("now", now);
    level.querySelector("[data-level-now]").hidden = !now;
  }
}

const standing = form.querySelector("[data-standing]");
const totals = standing?.dataset.totals.trim().split(/\s+/).map(Number) ?? [];

function place(marks) {
  if (!standing) return;
  const whole = marks.every((given, at) => given !== null && given <= Number(criteria[at].stepper.dataset.maximum));
  const total = marks.reduce((sum, given, at) => sum + (given ?? 0) * criteria[at].weight, 0);
  const higher = totals.filter((other) => other > total + 1e-6).length;
  const tied = totals.some((other) => Math.abs(other - total) < 1e-6);
  const words = standing.dataset;
  const said = whole ? words.placed.replace("{place}", higher + 1) + (tied ? ` ${words.tied}` : "") : words.open;
  const shown = standing.querySelector("[data-standing-words]");
  if (shown.textContent !== said) shown.textContent = said;
}

function look() {
  const marks = criteria.map(({ field }) => read(field.value));
  criteria.forEach(({ levels }, at) => mark(levels, marks[at]));
  place(marks);
}

form.addEventListener("input", look);
// What is put into the fields without typing (a draft of this device, another window's) changes the total.
new MutationObserver(look).observe(form.querySelector("[data-total]"), { childList: true, characterData: true, subtree: true });
look();

// Whether the levels are shown is remembered on this device -----------------------------------------------------------

const remembered = {
  get: (name) => {
    try {
      return localStorage.getItem(name);
    } catch {
      return null;
    }
  },
  set: (name, value) => {
    try {
      localStorage.setItem(name, value);
    } catch {
      // Without storage the page simply begins anew each time.
    }
  },
};

const guidance = [...form.querySelectorAll("[data-guidance]")];
const CLOSED = "judging:levels-closed";
guidance.forEach((details) => {
  if (remembered.get(CLOSED) === "yes") details.open = false;
  details.querySelector("summary").addEventListener("click", () => {
    const closing = details.open;
    remembered.set(CLOSED, closing ? "yes" : "no");
    for (const other of guidance) if (other !== details) other.open = !closing;
  });
});

// Keys ----------------------------------------------------------------------------------------------------------------

const keys = document.querySelector("[data-keys]");
const single = keys?.querySelector("[data-single-keys]");
const OFF = "judging:keys-off";

function enter(field) {
  field?.focus();
  if (field?.matches("input")) field.select();
}

// Enter in a mark leads on instead of saving; whoever wants to save has a button, and drafts save themselves.
criteria.forEach(({ field }, at) => {
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing) return;
    event.preventDefault();
    enter(criteria[at + 1]?.field ?? form.elements.comment);
  });
});

function follow(direction) {
  document.querySelector(`a[data-work="${direction}"]`)?.click();
}

const acts = {
  c: () => enter(form.elements.comment),
  n: () => enter(document.querySelector("[data-note] textarea")),
  "[": () => follow("before"),
  "]": () => follow("after"),
  "?": () => {
    keys.open = !keys.open;
    if (keys.open) keys.querySelector("summary").focus();
  },
};

const TYPED_IN = "input:not([type=checkbox], [type=radio], [type=range], [type=button]), textarea, select, [contenteditable]";

function pressed(event) {
  if (event.key === "Escape" && form.contains(document.activeElement) && event.target.matches(TYPED_IN)) {
    return event.target.blur();
  }
  if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing || event.defaultPrevented) return;
  if (!single.checked || event.target.matches(TYPED_IN)) return;
  const number = Number(event.key);
  const act = number >= 1 && number <= criteria.length ? () => enter(criteria[number - 1].field) : acts[event.key.toLowerCase()];
  if (act) {
    event.preventDefault();
    act();
  }
}

if (keys) {
  keys.hidden = false;
  single.checked = remembered.get(OFF) !== "yes";
  document.documentElement.toggleAttribute("data-keys-off", !single.checked);
  single.addEventListener("change", () => {
    remembered.set(OFF, single.checked ? "no" : "yes");
    document.documentElement.toggleAttribute("data-keys-off", !single.checked);
  });
  document.addEventListener("keydown", pressed);
}
