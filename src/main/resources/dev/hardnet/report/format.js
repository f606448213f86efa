// Numbers as the tables of 'hardnet traffic' and 'hardnet compare' print them.
const data = JSON.parse(document.getElementById("data").textContent);

const mebibytes = bytes => (bytes / 1048576).toFixed(2) + " MiB";
const kibibytes = bytes => (bytes / 1024).toFixed(1) + " KiB";
const bytesText = bytes => bytes >= 1048576 ? mebibytes(bytes) : bytes >= 1024 ? kibibytes(bytes) : bytes + " B";
const millions = count => (count / 1e6).toFixed(2) + " M";
const billions = count => (count / 1e9).toFixed(2) + " G";
const millis = value => value.toFixed(2) + " ms";
const fineMillis = value => value.toFixed(3) + " ms";
const percent = value => value.toFixed(1) + "%";
const signedPercent = value => (value >= 0 ? "+" : "") + percent(value);
const plural = (count, word) => count + " " + word + (count === 1 ? "" : "s");
const words = name => name.toLowerCase().replaceAll("_", " ");

const byId = id => document.getElementById(id);

/** An element with a class and a text or children; texts never become markup. */
function element(name, className, ...children) {
  const made = document.createElement(name);
  if (className) {
    made.className = className;
  }
  made.append(...children);
  return made;
}

/** The lines of a tooltip: a heading, then names and values. */
function tooltip(heading, rows) {
  const made = element("div", "", element("strong", "", heading));
  for (const [name, value] of rows) {
    const row = element("div", "", name + "  ", element("b", "", value));
    made.append(row);
  }
  return made;
}
