// Colours live in the style sheet; charts take them from there.
const color = name => getComputedStyle(document.documentElement).getPropertyValue("--" + name).trim();

const EXECUTION_COLORS = ["framework", "concat-free", "planned", "fused"];

const isPhone = () => window.innerWidth < 640;

/** What all charts have in common. */
function baseOption(description) {
  return {
    animation: false,
    textStyle: { fontFamily: getComputedStyle(document.body).fontFamily, color: color("soft") },
    aria: { enabled: true, label: { description } },
    tooltip: {
      confine: true, backgroundColor: color("card"), borderColor: color("line"),
      textStyle: { color: color("ink"), fontSize: 13 }
    },
    legend: { top: 0, left: 0, textStyle: { color: color("soft") }, inactiveColor: color("line") }
  };
}

function axis(name, more) {
  return {
    name, nameTextStyle: { color: color("soft") }, axisLabel: { color: color("soft"), hideOverlap: true },
    axisLine: { lineStyle: { color: color("line") } }, axisTick: { lineStyle: { color: color("line") } },
    splitLine: { lineStyle: { color: color("line") } }, ...more
  };
}

/** Ticks of an axis of bytes: powers of two, at least some of them and less than twice as many, whole in one unit. */
function byteTicks(total, least = 4) {
  const interval = 2 ** Math.max(0, Math.floor(Math.log2(total / least)));
  const [unit, name] = interval >= 2 ** 18 ? [2 ** 20, " MiB"] : interval >= 2 ** 8 ? [2 ** 10, " KiB"] : [1, " B"];
  return { interval, max: Math.ceil(total / interval) * interval, axisLabel: { color: color("soft"), hideOverlap: true,
    formatter: bytes => bytes % interval === 0 ? Number((bytes / unit).toFixed(2)) + name : "" } };
}

function slider(more) {
  return {
    type: "slider", borderColor: color("line"), fillerColor: color("accent") + "22", backgroundColor: "transparent",
    dataBackground: { lineStyle: { color: color("line") }, areaStyle: { color: color("line") } },
    selectedDataBackground: { lineStyle: { color: color("accent") }, areaStyle: { color: color("line") } },
    handleStyle: { color: color("card"), borderColor: color("soft") },
    moveHandleStyle: { color: color("line") }, textStyle: { color: color("soft") }, showDetail: false, ...more
  };
}

/** The wheel alone scrolls the page, and so does a finger. */
const innerZoom = more => ({ type: "inside", zoomOnMouseWheel: "ctrl", moveOnMouseWheel: false,
  disabled: matchMedia("(pointer: coarse)").matches, ...more });
