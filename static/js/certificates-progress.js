// Moves the progress bar of a drawing, and loads the page anew when it is over. Without it a link does the same.

const PAUSE = 1000;

const section = document.querySelector("[data-progress]");
if (section) {
  section.querySelector("[data-reload]").hidden = true;
  watch(section);
}

async function watch(part) {
  const bar = part.querySelector("progress");
  const words = part.querySelector("[data-words]");
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, PAUSE));
    let answer;
    try {
      answer = await fetch(part.dataset.progress, { headers: { Accept: "application/json" } });
    } catch {
      continue; // no connection for a moment: ask again
    }
    if (!answer.ok) break;
    const job = await answer.json();
    bar.max = Math.max(job.total, 1);
    bar.value = job.done;
    words.textContent = job.words;
    if (job.state === "done" || job.state === "failed") {
      location.reload();
      return;
    }
  }
  part.querySelector("[data-reload]").hidden = false;
}
