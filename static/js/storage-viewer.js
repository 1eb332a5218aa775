// Turning pages and zooming in the viewer of files; without this module the pages simply stand one below the other.

for (const viewer of document.querySelectorAll("[data-viewer]")) {
  const tools = viewer.querySelector("template[data-viewer-tools]");
  for (const pages of viewer.querySelectorAll("[data-pages]")) {
    equip(pages, tools.content.firstElementChild.cloneNode(true));
  }
}

function equip(pages, bar) {
  const sheets = [...pages.children];
  const count = bar.querySelector("[data-page-count]");
  const turns = [...bar.querySelectorAll("[data-turn]")];
  const zoom = bar.querySelector("[data-zoom]");
  let current = 0;

  function show() {
    count.textContent = `${current + 1} / ${sheets.length}`;
    for (const button of turns) {
      const wanted = current + Number(button.dataset.turn);
      button.disabled = wanted < 0 || wanted >= sheets.length;
    }
  }

  for (const button of turns) {
    button.hidden = sheets.length < 2;
    button.addEventListener("click", () => {
      current += Number(button.dataset.turn);
      pages.scrollTo({ top: sheets[current].offsetTop - sheets[0].offsetTop });
      show();
    });
  }
  count.hidden = sheets.length < 2;
  zoom.addEventListener("click", () => {
    const on = pages.classList.toggle("zoomed");
    zoom.setAttribute("aria-pressed", String(on));
    pages.scrollTo({ top: sheets[current].offsetTop - sheets[0].offsetTop });
  });
  pages.addEventListener("scroll", () => {
    const middle = pages.scrollTop + pages.clientHeight / 3;
    const passed = sheets.filter((sheet) => sheet.offsetTop - sheets[0].offsetTop <= middle);
    current = Math.max(0, passed.length - 1);
    show();
  }, { passive: true });
  pages.before(bar);
  show();
}
