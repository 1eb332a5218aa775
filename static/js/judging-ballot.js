// A ballot on which so many may be named and no more: how many are, beside the rule. The server has the last word.

for (const section of document.querySelectorAll("[data-most]")) {
  const most = Number(section.dataset.most);
  const said = section.querySelector("[data-named]");
  const boxes = [...section.querySelectorAll("input[type=checkbox]")];
  const count = () => {
    const named = boxes.filter((box) => box.checked).length;
    said.textContent = `${named} / ${most}`;
    said.classList.toggle("over", named > most);
  };
  section.addEventListener("change", count);
  count();
}
