// Shows in the contents which article is being read.
const links = new Map();
for (const link of document.querySelectorAll(".statute-contents a")) {
  const article = document.getElementById(link.hash.slice(1));
  if (article) links.set(article, link);
}
const seen = new Set();
const observer = new IntersectionObserver((entries) => {
  for (const { target, isIntersecting } of entries) seen[isIntersecting ? "add" : "delete"](target);
  const current = [...links.keys()].find((article) => seen.has(article));
  if (!current) return;
  for (const [article, link] of links) {
    if (article === current) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
}, { rootMargin: "-10% 0px -60% 0px" });
for (const article of links.keys()) observer.observe(article);
