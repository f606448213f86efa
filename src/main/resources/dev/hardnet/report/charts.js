// Charts are drawn again in other colours when the theme changes, and in light ones for paper.
const charts = [];

const PAPER_WIDTH = 680;

/** Shows a chart; option() gives all of it in the current colours. */
function showChart(id, option) {
  const chart = echarts.init(byId(id), null, { renderer: "svg" });
  chart.setOption(option());
  charts.push({ chart, option });
  return chart;
}

function zoomOf(chart) {
  return (chart.getOption().dataZoom || []).map(({ start, end }) => ({ start, end }));
}

function redraw() {
  for (const { chart, option } of charts) {
    const zoom = zoomOf(chart);
    const next = option();
    (next.dataZoom || []).forEach((each, index) => Object.assign(each, zoom[index]));
    chart.setOption(next, { notMerge: true });
  }
}

const print = matchMedia("print");

function fit() {
  charts.forEach(({ chart }) => chart.resize(print.matches ? { width: PAPER_WIDTH } : { width: "auto" }));
}

function onPaper(wanted) {
  if (wanted) {
    document.documentElement.dataset.theme = "light";
  } else {
    delete document.documentElement.dataset.theme;
  }
  charts.forEach(({ chart }) => chart.resize(wanted ? { width: PAPER_WIDTH } : { width: "auto" }));
  redraw();
}

function followPage() {
  let waiting = 0;
  window.addEventListener("resize", () => {
    cancelAnimationFrame(waiting);
    waiting = requestAnimationFrame(() => {
      fit();
      redraw();
    });
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", redraw);
  print.addEventListener("change", () => onPaper(print.matches));
  window.addEventListener("beforeprint", () => onPaper(true));
  window.addEventListener("afterprint", () => onPaper(false));
}
