// Charts are drawn again in other colours when the theme changes, and in light ones for paper.
const charts = [];

const PAPER_WIDTH = 680;

let onPaper = false;

/** Shows a chart; option() gives all of it in the current colours. */
function showChart(id, option) {
  byId(id).setAttribute("role", "img");
  const chart = echarts.init(byId(id), null, { renderer: "svg" });
  chart.setOption(option());
  charts.push({ chart, option });
  return chart;
}

function zoomOf(chart) {
  return (chart.getOption().dataZoom || []).map(({ start, end }) => ({ start, end }));
}

/** Draws all charts for the current size and colours; what was zoomed stays so. */
function redraw() {
  for (const { chart, option } of charts) {
    chart.resize({ width: onPaper ? PAPER_WIDTH : "auto" });
    const zoom = zoomOf(chart);
    const next = option();
    (next.dataZoom || []).forEach((each, index) => Object.assign(each, zoom[index]));
    chart.setOption(next, { notMerge: true });
  }
}

function moveToPaper(wanted) {
  onPaper = wanted;
  if (wanted) {
    document.documentElement.dataset.theme = "light";
  } else {
    delete document.documentElement.dataset.theme;
  }
  redraw();
}

function followPage() {
  let waiting = 0;
  window.addEventListener("resize", () => {
    cancelAnimationFrame(waiting);
    waiting = requestAnimationFrame(redraw);
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", redraw);
  matchMedia("print").addEventListener("change", ({ matches }) => moveToPaper(matches));
  window.addEventListener("beforeprint", () => moveToPaper(true));
  window.addEventListener("afterprint", () => moveToPaper(false));
}
