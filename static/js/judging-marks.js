// Marks as people type them, their steps, and their total. Whole numbers throughout: hundredths of a point.

// Hundredths of a point, or null for what is no mark yet; the server has the last word.
export function read(text) {
  const found = /^(\d{1,4})(?:[.,](\d{1,2}))?$/.exec(text.trim());
  return found ? Number(found[1]) * 100 + Number((found[2] ?? "").padEnd(2, "0")) : null;
}

export function write(mark, decimals = 0) {
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

// Let marks be stepped by the buttons beside them and by the arrow keys.
export function addSteps(form) {
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
}

// Weights are whole numbers or fractions such as 3/2, so the total is kept as a fraction and rounded only to be shown.
function total(marks, values) {
  let above = 0n;
  let below = 1n;
  marks.forEach((field, place) => {
    const [weightAbove, weightBelow = "1"] = field.closest("[data-stepper]").dataset.weight.split("/");
    above = above * BigInt(weightBelow) + BigInt(values[place] ?? 0) * BigInt(weightAbove) * below;
    below *= BigInt(weightBelow);
  });
  return { above, below };
}

// Whole hundredths are shown as they are, everything else as the regulation rounds.
function rounded({ above, below }, { decimals, rounding }) {
  if (above % below === 0n) return Number(above / below);
  const shown = Math.min(Number(decimals), 2);
  const steps = above * 10n ** BigInt(shown);
  const unit = below * 100n;
  let whole = steps / unit;
  const twice = (steps % unit) * 2n;
  const up = rounding === "half_up" ? twice >= unit : twice > unit || (twice === unit && whole % 2n === 1n);
  if (rounding !== "down" && up) whole += 1n;
  return Number(whole) * 10 ** (2 - shown);
}

// Show the running total, how many marks are missing, and which lie so low that the comment must say why.
export function addUp(form, marks, words) {
  const values = marks.map((field) => read(field.value));
  const missing = values.filter((value) => value === null).length;
  form.querySelector("[data-total]").textContent = write(rounded(total(marks, values), form.dataset), 1);
  form.querySelector("[data-missing]").textContent = missing ? words.missing.replace("{count}", missing) : words.all;
  const low = marks.filter((field, place) => {
    const below = field.closest("[data-stepper]").dataset.commentBelow;
    return below !== undefined && values[place] !== null && values[place] < Number(below);
  });
  const names = low.map((field) => form.querySelector(`label[for="${field.id}"]`).textContent.replace(/^\d+\. /, ""));
  const said = names.length ? `${words.low} ${names.join("; ")}` : "";
  const hint = form.querySelector("[data-low]");
  if (hint && hint.textContent !== said) hint.textContent = said;
}
