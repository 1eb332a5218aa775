// Moves the boxes of a template over the real drawing, and has it drawn anew. The numbers of the form are what counts:
// a drag writes them, and whoever types them moves the box. Without this the numbers and the button "Preview" do.

const WIDTH = 297;
const HEIGHT = 210;
const GRID = 1; // millimetres
const NEAR = 1.5; // from an edge or an axis at which a box snaps to it
const STEP = 0.5;
const LEAP = 5;
const PAUSE = 500; // milliseconds without a change before it is drawn
const SIDES = ["x", "y", "width", "height"];
const CORNERS = { nw: [0, 0], ne: [1, 0], sw: [0, 1], se: [1, 1] };
const HANDLE = 3;
const SVG = "http://www.w3.org/2000/svg";

const form = document.querySelector("form[data-designer]");
if (form) design(form);

function design(form) {
  const sheet = form.querySelector("[data-boxes]");
  const status = form.querySelector("[data-status]");
  const words = JSON.parse(form.dataset.words);
  const groups = new Map([...sheet.querySelectorAll("[data-part]")].map((group) => [group.dataset.part, group]));
  let standing = new Map([...groups].map(([part, group]) => [part, boxOf(group)]));
  let drag = null;

  sheet.classList.add("is-live");
  form.querySelector("[data-script-only]").hidden = false;
  for (const group of groups.values()) {
    group.setAttribute("tabindex", "0");
    group.setAttribute("role", "button");
    group.setAttribute("aria-describedby", "h-keys");
  }

  // Numbers and boxes --------------------------------------------------------------------------------------------

  const input = (part, side) => form.elements[`${part}_${side}`];
  const own = (part) => !input(part, "own") || input(part, "own").checked;

  function typed(part) {
    const numbers = SIDES.map((side) => Number.parseFloat(input(part, side).value.replace(",", ".")));
    return numbers.some(Number.isNaN) ? null : numbers;
  }

  function show(part, box) {
    const rectangle = groups.get(part).querySelector("rect");
    SIDES.forEach((side, number) => rectangle.setAttribute(side, box[number]));
    groups.get(part).classList.toggle("stacked", !own(part));
    for (const handle of groups.get(part).querySelectorAll("[data-corner]")) {
      const [across, down] = CORNERS[handle.dataset.corner];
      handle.setAttribute("x", box[0] + across * box[2] - HANDLE / 2);
      handle.setAttribute("y", box[1] + down * box[3] - HANDLE / 2);
    }
  }

  function write(part, box) {
    if (input(part, "own")) input(part, "own").checked = true;
    SIDES.forEach((side, number) => {
      input(part, side).value = String(Math.round(box[number] * 100) / 100).replace(".", ",");
    });
    show(part, box);
    const said = SIDES.reduce((text, side) => text.replace(`{${side}}`, input(part, side).value), words.at);
    status.textContent = `${groups.get(part).getAttribute("aria-label")}: ${said}`;
  }

  function choose(part) {
    for (const [name, group] of groups) {
      group.classList.toggle("is-chosen", name === part);
      group.querySelectorAll("[data-corner]").forEach((handle) => handle.remove());
    }
    const group = groups.get(part);
    for (const corner of Object.keys(CORNERS)) {
      const handle = document.createElementNS(SVG, "rect");
      handle.setAttribute("class", "corner");
      handle.dataset.corner = corner;
      handle.setAttribute("width", HANDLE);
      handle.setAttribute("height", HANDLE);
      group.append(handle);
    }
    show(part, boxOf(group));
    const fields = form.querySelector(`[data-fields="${part}"]`);
    form.querySelectorAll("[data-fields]").forEach((each) => {
      if (each !== fields && !each.querySelector(".is-invalid")) each.open = false;
    });
    fields.open = true;
  }

  // Dragging -------------------------------------------------------------------------------------------------------

  function place(event) {
    const shown = sheet.getBoundingClientRect();
    return [((event.clientX - shown.left) / shown.width) * WIDTH, ((event.clientY - shown.top) / shown.height) * HEIGHT];
  }

  sheet.addEventListener("pointerdown", (event) => {
    const group = event.target.closest("[data-part]");
    if (!group || event.button !== 0) return;
    const part = group.dataset.part;
    if (!group.classList.contains("is-chosen")) choose(part);
    group.focus();
    const members = [...groups].filter(([, each]) => each.dataset.area === part && each.classList.contains("stacked"));
    drag = {
      part,
      corner: event.target.dataset.corner,
      from: place(event),
      box: boxOf(group),
      members: members.map(([name, each]) => [name, boxOf(each)]),
      guides: guides(part),
      moved: false,
    };
    sheet.setPointerCapture(event.pointerId);
    event.preventDefault();
  });

  sheet.addEventListener("pointermove", (event) => {
    if (!drag) return;
    const at = place(event);
    const by = [at[0] - drag.from[0], at[1] - drag.from[1]];
    if (!drag.moved && Math.hypot(...by) < 0.5) return;
    drag.moved = true;
    const free = event.altKey;
    const box = drag.corner ? resized(drag, by, free) : moved(drag, by, free);
    write(drag.part, box);
    if (!drag.corner) {
      for (const [name, each] of drag.members) {
        show(name, [each[0] + box[0] - drag.box[0], each[1] + box[1] - drag.box[1], each[2], each[3]]);
      }
    }
  });

  for (const kind of ["pointerup", "pointercancel"]) {
    sheet.addEventListener(kind, () => {
      sheet.querySelectorAll("line").forEach((line) => line.remove());
      if (drag?.moved) draw();
      drag = null;
    });
  }

  /** Edges and axes to snap to, for x and for y: the sheet's own and those of every other box. */
  function guides(part) {
    const across = [0, WIDTH / 2, WIDTH];
    const down = [0, HEIGHT / 2, HEIGHT];
    for (const [name, group] of groups) {
      if (name === part || (group.classList.contains("stacked") && group.dataset.area === part)) continue;
      const [x, y, width, height] = boxOf(group);
      across.push(x, x + width / 2, x + width);
      down.push(y, y + height / 2, y + height);
    }
    return [across, down];
  }

  function moved({ box, guides }, by, free) {
    const result = [...box];
    [WIDTH, HEIGHT].forEach((whole, axis) => {
      const size = box[axis + 2];
      const start = box[axis] + by[axis];
      const snapped = free ? null : nearest([0, size / 2, size].map((edge) => [start + edge, edge]), guides[axis], axis);
      result[axis] = clamp(snapped ?? grid(start, free), 0, whole - size);
    });
    return result;
  }

  function resized({ part, box, corner, guides }, by, free) {
    const result = [...box];
    const least = part === "qr" ? [18, 18] : [10, 3];
    [WIDTH, HEIGHT].forEach((whole, axis) => {
      const isFar = CORNERS[corner][axis] === 1;
      const start = box[axis];
      const end = start + box[axis + 2];
      const edge = (isFar ? end : start) + by[axis];
      const snapped = free ? null : nearest([[edge, 0]], guides[axis], axis);
      const to = snapped ?? grid(edge, free);
      result[axis] = isFar ? start : clamp(to, 0, end - least[axis]);
      result[axis + 2] = isFar ? clamp(to, start + least[axis], whole) - start : end - result[axis];
    });
    return result;
  }

  /** Where a box begins when one of its edges snaps to a guide; the guide is shown. */
  function nearest(edges, guides, axis) {
    sheet.querySelectorAll(`line[data-axis="${axis}"]`).forEach((line) => line.remove());
    let best = null;
    for (const [edge, offset] of edges) {
      for (const guide of guides) {
        const away = Math.abs(guide - edge);
        if (away <= NEAR && (!best || away < best.away)) best = { away, guide, start: guide - offset };
      }
    }
    if (!best) return null;
    const line = document.createElementNS(SVG, "line");
    const ends = axis === 0 ? [best.guide, 0, best.guide, HEIGHT] : [0, best.guide, WIDTH, best.guide];
    ["x1", "y1", "x2", "y2"].forEach((name, number) => line.setAttribute(name, ends[number]));
    line.dataset.axis = axis;
    sheet.append(line);
    return best.start;
  }

  // Keys and numbers -------------------------------------------------------------------------------------------------

  sheet.addEventListener("keydown", (event) => {
    const ways = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [1, -1], ArrowDown: [1, 1] };
    const group = event.target.closest("[data-part]");
    if (!group) return;
    const part = group.dataset.part;
    if (event.key === "Enter" || event.key === " ") {
      choose(part);
      event.preventDefault();
    }
    if (!(event.key in ways)) return;
    event.preventDefault();
    if (!group.classList.contains("is-chosen")) choose(part);
    const [axis, sign] = ways[event.key];
    const by = sign * (event.shiftKey ? LEAP : STEP);
    const box = boxOf(group);
    const whole = [WIDTH, HEIGHT][axis];
    const least = part === "qr" ? 18 : [10, 3][axis];
    if (event.ctrlKey) box[axis + 2] = clamp(box[axis + 2] + by, least, whole - box[axis]);
    else box[axis] = clamp(box[axis] + by, 0, whole - box[axis + 2]);
    write(part, box);
    soon();
  });

  form.addEventListener("input", (event) => {
    const [part, what] = (event.target.name ?? "").split("_");
    if (groups.has(part) && what === "own" && !event.target.checked) show(part, standing.get(part));
    else if (groups.has(part) && own(part) && typed(part)) show(part, typed(part));
    if (["tiers", "name"].includes(part) && event.target.name === "name") return;
    soon();
  });

  // Drawing --------------------------------------------------------------------------------------------------------

  let timer = null;
  let running = null;

  function soon() {
    clearTimeout(timer);
    timer = setTimeout(draw, PAUSE);
  }

  async function draw() {
    clearTimeout(timer);
    running?.abort();
    running = new AbortController();
    const sent = new FormData(form);
    sent.set("see", "1");
    status.textContent = words.drawing;
    try {
      const answer = await fetch(location.href, {
        method: "POST",
        body: sent,
        headers: { Accept: "application/json" },
        signal: running.signal,
      });
      if (!answer.headers.get("Content-Type")?.includes("json")) throw new Error("not drawn");
      take(await answer.json());
    } catch (error) {
      if (error.name !== "AbortError") status.textContent = words.failed;
    }
  }

  function take(answer) {
    if (!answer.pictures) {
      status.textContent = answer.error || words.failed;
      return;
    }
    for (const [which, picture] of Object.entries(answer.pictures)) {
      if (picture) form.querySelector(`[data-sheet="${which}"] img`).src = picture;
    }
    for (const [part, box] of Object.entries(answer.standing)) {
      standing.set(part, box);
      if (!own(part)) {
        SIDES.forEach((side, number) => {
          input(part, side).value = String(box[number]).replace(".", ",");
        });
        show(part, box);
      }
    }
    if (answer.problems.length === 0) {
      form.elements.background.value = answer.background ?? "";
      form.elements.background_file.value = "";
    }
    const list = document.createElement("ul");
    list.className = "invalid-text";
    for (const problem of answer.problems) {
      const line = document.createElement("li");
      line.textContent = problem;
      list.append(line);
    }
    form.querySelector("[data-problems]").replaceChildren(...(answer.problems.length ? [list] : []));
    status.textContent = answer.problems.length ? "" : words.drawn;
  }

  form.addEventListener("submit", (event) => {
    if (event.submitter?.name !== "see") return;
    event.preventDefault();
    draw();
  });
}

function boxOf(group) {
  const rectangle = group.querySelector("rect");
  return SIDES.map((side) => Number.parseFloat(rectangle.getAttribute(side)));
}

function clamp(value, least, most) {
  return Math.min(Math.max(value, least), Math.max(most, least));
}

function grid(value, free) {
  return free ? Math.round(value * 10) / 10 : Math.round(value / GRID) * GRID;
}
