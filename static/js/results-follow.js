/* The list of categories beside the winners marks the one being read. */

const links = new Map();
for (const link of document.querySelectorAll("[data-follow] a[href^='#']")) {
  const section = document.getElementById(link.hash.slice(1));
  if (section) links.set(section, link);
}

const seen = new Set();

function mark() {
  const current = [...links.keys()].find((section) => seen.has(section));
  for (const [section, link] of links) {
    if (section === current) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
}

const observer = new IntersectionObserver((entries) => {
  for (const { target, isIntersecting } of entries) {
    if (isIntersecting) seen.add(target);
    else seen.delete(target);
  }
  mark();
}, { rootMargin: "-10% 0px -50% 0px" });

for (const section of links.keys()) observer.observe(section);
