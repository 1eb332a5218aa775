// A file dropped on the form is looked at straight away. Without this the form is sent by its button.

const form = document.querySelector("form[data-file]");
if (form) {
  const words = form.querySelector("[data-words]");
  const input = form.elements.tep;
  words.textContent = form.dataset.drop;
  const send = () => {
    words.textContent = form.dataset.working;
    form.requestSubmit();
  };
  for (const kind of ["dragenter", "dragover"]) {
    form.addEventListener(kind, (event) => {
      event.preventDefault();
      form.classList.add("is-over");
    });
  }
  for (const kind of ["dragleave", "drop"]) form.addEventListener(kind, () => form.classList.remove("is-over"));
  form.addEventListener("drop", (event) => {
    event.preventDefault();
    if (!event.dataTransfer.files.length) return;
    input.files = event.dataTransfer.files;
    send();
  });
}
