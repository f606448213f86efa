// Tables that a person can sort and search.
function bodyRow(columns, item, options) {
  const row = element("tr", "");
  columns.forEach((column, index) => {
    const value = column.text(item);
    const cell = element(index === 0 ? "th" : "td", column.number ? "number" : column.wrap ? "wrap" : "", value);
    if (index === 0) {
      cell.scope = "row";
    }
    row.append(cell);
  });
  if (options.onFocus) {
    row.tabIndex = 0;
    row.addEventListener("focus", () => options.onFocus(item));
  }
  return row;
}

/** Up and down move between rows that take the focus. */
function moveBetweenRows(event) {
  const step = { ArrowDown: "nextElementSibling", ArrowUp: "previousElementSibling" }[event.key];
  const row = step && event.target.closest("tbody tr");
  if (row && row[step]) {
    row[step].focus();
    event.preventDefault();
  }
}

function sortable(heading, column, sort) {
  const button = element("button", "", column.title);
  button.type = "button";
  button.addEventListener("click", () => {
    const descending = heading.getAttribute("aria-sort") === "descending"
      || !heading.hasAttribute("aria-sort") && !column.number;
    for (const other of heading.parentElement.children) {
      other.removeAttribute("aria-sort");
    }
    heading.setAttribute("aria-sort", descending ? "ascending" : "descending");
    sort(column, descending ? 1 : -1);
  });
  return button;
}

function compareBy(column, direction) {
  const value = item => column.value ? column.value(item) : column.text(item);
  return (a, b) => {
    const [x, y] = [value(a), value(b)];
    if (x == null || y == null) {
      return (x == null) - (y == null);
    }
    return direction * (typeof x === "number" ? x - y : String(x).localeCompare(String(y)));
  };
}

/**
 * Shows items in a table below a place.
 * A column is { title, text, value, number, wrap }: text(item) is shown, value(item) is sorted by.
 */
function showTable(place, caption, columns, items, options = {}) {
  const body = element("tbody", "");
  let shown = [...items];
  let wanted = "";
  const fill = () => body.replaceChildren(...shown
    .filter(item => columns[0].text(item).toLowerCase().includes(wanted))
    .map(item => bodyRow(columns, item, options)));
  const headings = element("tr", "");
  for (const column of columns) {
    const heading = element("th", column.number ? "number" : "");
    heading.scope = "col";
    heading.append(sortable(heading, column, (by, direction) => {
      shown.sort(compareBy(by, direction));
      fill();
    }));
    headings.append(heading);
  }
  const frame = element("div", "table",
    element("table", "", element("caption", "", caption), element("thead", "", headings), body));
  frame.tabIndex = 0;
  frame.setAttribute("role", "region");
  frame.setAttribute("aria-label", caption);
  frame.addEventListener("keydown", moveBetweenRows);
  fill();
  if (options.search) {
    const input = element("input", "");
    input.type = "search";
    input.addEventListener("input", () => {
      wanted = input.value.toLowerCase();
      fill();
    });
    place.append(element("label", "filter", options.search, input));
  }
  place.append(frame);
}
