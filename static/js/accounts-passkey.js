// Passkeys: asking the device to make one or to sign with one. Without this script, or in a browser that knows no
// passkeys, what needs them stays out of sight, and there is another way.
const coded = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (letter) => letter.charCodeAt(0));
const text = (bytes) => btoa(String.fromCharCode(...new Uint8Array(bytes))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

// What the device is asked, as the server wrote it, with its numbers as bytes.
async function question(button, form) {
  const response = await fetch(button.dataset.question, {
    method: "POST",
    cache: "no-store",
    headers: { Accept: "application/json", "X-CSRFToken": form.elements.csrf_token.value },
  });
  const body = await response.json().catch(() => ({}));
  if (!response.ok) throw new Error(body.error || "");
  const asked = body.publicKey;
  asked.challenge = coded(asked.challenge);
  if (asked.user) asked.user.id = coded(asked.user.id);
  for (const list of ["allowCredentials", "excludeCredentials"])
    for (const key of asked[list] ?? []) key.id = coded(key.id);
  return asked;
}

function written(key) {
  const response = { clientDataJSON: text(key.response.clientDataJSON) };
  for (const part of ["attestationObject", "authenticatorData", "signature", "userHandle"])
    if (key.response[part]) response[part] = text(key.response[part]);
  return JSON.stringify({ id: key.id, rawId: text(key.rawId), type: key.type, response });
}

function offer(button) {
  const form = button.closest("form");
  const problem = form.querySelector("[data-passkey-problem]");
  button.addEventListener("click", async () => {
    button.disabled = true;
    problem.hidden = true;
    try {
      const publicKey = await question(button, form);
      const key = await navigator.credentials[button.dataset.passkey]({ publicKey });
      form.elements[button.dataset.field].value = written(key);
      form.submit();
    } catch (error) {
      // The browser's own sentences are in its language and for programmers; ours says what to do.
      problem.textContent = error.name === "Error" && error.message ? error.message : problem.dataset.words;
      problem.hidden = false;
      button.disabled = false;
    }
  });
}

if (globalThis.PublicKeyCredential) {
  for (const part of document.querySelectorAll("[data-with-passkey]")) part.hidden = false;
  for (const part of document.querySelectorAll("[data-without-passkey]")) part.hidden = true;
  for (const button of document.querySelectorAll("button[data-passkey]")) offer(button);
}
