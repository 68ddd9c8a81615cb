// Sorts and filters the tables of a page. It asks no server: what is in the page is all that there is.
// A table with `data-sortable` is sorted by its headings; a form or input with `data-filter="ID"` filters the table of that id, and
// the text of what has `data-count="ID"` tells how many rows are left. Without this script the page's own links and forms do the same.
"use strict";
(() => {
  const folded = (text) => text.normalize("NFKC").toLowerCase().replace(/\s+/g, "");
  const shown = (cell) => (cell ? cell.dataset.value ?? cell.textContent.trim() : "");
  // Japanese names run as the browser's collation has them; numbers by their size; what is empty comes last either way.
  const collator = new Intl.Collator(document.documentElement.lang || "ja", { numeric: true });

  function order(table, place, numeric, down) {
    const rows = [...table.tBodies[0].rows];
    const key = (row) => shown(row.cells[place]);
    rows.sort((one, other) => {
      const [a, b] = [key(one), key(other)];
      if (!a || !b) return (a ? 0 : 1) - (b ? 0 : 1);
      return (numeric ? Number(a.replaceAll(",", "")) - Number(b.replaceAll(",", "")) : collator.compare(a, b)) * (down ? -1 : 1);
    });
    table.tBodies[0].append(...rows);
  }

  for (const table of document.querySelectorAll("table[data-sortable]")) {
    const heads = [...table.tHead.rows[0].cells];
    heads.forEach((head, place) => {
      if (head.tagName !== "TH") return;
      const numeric = head.classList.contains("n");
      let handle = head.querySelector("a");
      if (!handle) {
        handle = document.createElement("button");
        handle.type = "button";
        handle.className = "sort";
        handle.append(...head.childNodes);
        head.append(handle);
      }
      handle.addEventListener("click", (event) => {
        event.preventDefault();
        const was = head.getAttribute("aria-sort");
        const down = was ? was === "ascending" : numeric;
        heads.forEach((other) => other.removeAttribute("aria-sort"));
        head.setAttribute("aria-sort", down ? "descending" : "ascending");
        order(table, place, numeric, down);
      });
    });
  }

  for (const form of document.querySelectorAll("[data-filter]")) {
    const table = document.getElementById(form.dataset.filter);
    if (!table || !table.hasAttribute("data-sortable")) continue; // the rest of it is elsewhere
    form.hidden = false;
    const field = form.querySelector("input[type=search]");
    const count = document.querySelector(`[data-count="${form.dataset.filter}"]`);
    const filter = () => {
      const wanted = folded(field.value);
      let left = 0;
      for (const row of table.tBodies[0].rows) {
        row.hidden = !folded(row.cells[0].textContent).includes(wanted);
        left += row.hidden ? 0 : 1;
      }
      if (count) count.textContent = left.toLocaleString("en");
    };
    field.addEventListener("input", filter);
    form.addEventListener("submit", (event) => event.preventDefault());
  }
})();
