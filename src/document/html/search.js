"use strict";
(() => {
  const box = document.querySelector(".search");
  const input = box.querySelector("input");
  const count = box.querySelector("output");
  const main = document.querySelector("main");
  // Of many papers a whole one is shown or not; of one paper its paragraphs, rows and items.
  const units = [];
  if (main.querySelectorAll("h1").length > 1) {
    for (const block of main.children) {
      if (block.matches("h1") || units.length === 0) units.push([]);
      units.at(-1).push(block);
    }
  } else {
    const blocks = main.querySelectorAll(":scope > p:not(.subtitle), li, table:not(.form) > tbody > tr, .card");
    units.push(...[...blocks].map((block) => [block]));
  }
  units.push(...[...document.querySelectorAll(".source")].map((block) => [block]));
  const texts = units.map((unit) => unit.map((block) => block.textContent).join("\n").toLowerCase());

  const search = () => {
    const words = input.value.trim().toLowerCase().split(/\s+/);
    const isSearched = words[0] !== "";
    let found = 0;
    units.forEach((unit, at) => {
      const isFound = words.every((word) => texts[at].includes(word));
      if (isFound) found += 1;
      for (const block of unit) {
        block.classList.toggle("unmatched", !isFound);
        if (block.matches(".source")) {
          for (const details of block.querySelectorAll("details")) details.open = isFound && isSearched;
        }
      }
    });
    count.textContent = isSearched ? `${found} / ${units.length}` : "";
  };
  const follow = () => {
    const target = document.getElementById(location.hash.slice(1));
    if (!target) return;
    if (target.closest(".unmatched")) {
      input.value = "";
      search();
    }
    const details = target.closest("details");
    if (details) details.open = true;
    target.scrollIntoView();
  };
  input.addEventListener("input", search);
  addEventListener("hashchange", follow);
  box.hidden = false;
  follow();
})();
