const ROLE_COLORS = {
  "network input": "input",
  "output": "output",
  "layer kept to its block's end": "kept",
  "layer dropped early": "dropped",
  "first half of a separable layer": "half",
  "stem, transition, pool, head": "other"
};

const roleColor = role => color(ROLE_COLORS[role]);

/** A small map would be no more than a line. */
const THINNEST = 2;

function mapRectangle(params, api) {
  const [left, bottom] = api.coord([api.value(0), api.value(2)]);
  const [right, top] = api.coord([api.value(1), api.value(3)]);
  const { x, y, width, height } = params.coordSys;
  const shape = echarts.graphic.clipRectByRect(
    { x: left, y: Math.min(top, bottom - THINNEST), width: right - left, height: Math.max(THINNEST, bottom - top) },
    { x, y, width, height });
  return shape && {
    type: "rect", shape: { ...shape, r: 1.5 },
    style: { fill: api.visual("color"), stroke: color("card"), lineWidth: .8 },
    emphasis: { style: { stroke: color("ink"), lineWidth: 2.5 } }
  };
}

/** Bands behind the blocks, with names where a name is no wider than its band. */
function blockMarks() {
  const [letter, margins] = [6.5, 130];
  const step = (byId("arena-chart").clientWidth - margins) / data.arena.steps.length;
  return data.arena.blocks.map(({ name, firstStep, endStep }, index) => [{
    name: name.length * letter < (endStep - firstStep) * step ? name : "", xAxis: firstStep,
    itemStyle: { color: color("soft"), opacity: index % 2 ? .10 : .16 }
  }, { xAxis: endStep }]);
}

function arenaOption() {
  const { arena } = data;
  const rows = arena.maps.map(map => ({
    value: [map.firstStep, map.lastStep + 1, map.offset, map.offset + map.bytes],
    name: map.map, itemStyle: { color: roleColor(map.role) }
  }));
  const base = baseOption("An arena of " + mebibytes(arena.arenaBytes) + " holds " + plural(arena.maps.length, "map")
    + " over " + plural(arena.steps.length, "step") + ".");
  return {
    ...base,
    tooltip: { ...base.tooltip, formatter: ({ dataIndex }) => mapTooltip(arena.maps[dataIndex]) },
    grid: { left: 8, right: 44, top: 30, bottom: 74, containLabel: true },
    xAxis: axis("step of the schedule", { type: "value", min: 0, max: arena.steps.length, minInterval: 1,
      nameLocation: "middle", nameGap: 28, splitLine: { show: false } }),
    yAxis: axis("", { type: "value", min: 0, ...byteTicks(arena.arenaBytes),
      max: arena.arenaBytes }),
    dataZoom: [
      innerZoom({ xAxisIndex: 0, filterMode: "none" }), slider({ xAxisIndex: 0, filterMode: "none", bottom: 6,
        height: 22 }),
      slider({ yAxisIndex: 0, filterMode: "none", right: 6, width: 22 })
    ],
    series: [{
      type: "custom", renderItem: mapRectangle, data: rows, encode: { x: [0, 1], y: [2, 3] }, clip: true,
      markArea: { silent: true, data: blockMarks(), label: { color: color("soft"), position: "top", fontSize: 11 } },
      markLine: { silent: true, symbol: "none", data: [{ yAxis: arena.lowerBoundBytes }],
        lineStyle: { color: color("soft"), type: "dashed" }, label: { show: false } }
    }]
  };
}

const producerOf = map => map.producer || "given by the caller";
const readersOf = map => map.readers.length === 0 ? "no operator" : map.readers.join(", ");

const mapTooltip = map => tooltip(map.map, [["", map.shape], ["", bytesText(map.bytes)],
  ["steps", map.firstStep + " to " + map.lastStep]]);

const largestMap = () => data.arena.maps.reduce((largest, map) => map.bytes > largest.bytes ? map : largest);

function showDetail(map) {
  const list = element("dl", "");
  const add = (name, value) => list.append(element("dt", "", name), element("dd", "", value));
  add("size", map.shape + ", " + bytesText(map.bytes) + " (" + map.bytes + " bytes) at offset " + map.offset);
  add("written by", producerOf(map) + (map.producer ? ", step " + map.firstStep : ""));
  add("read by", readersOf(map));
  add("lives", "from step " + map.firstStep + " to step " + map.lastStep);
  add("role", map.role);
  byId("arena-detail").style.borderColor = roleColor(map.role);
  byId("arena-detail").replaceChildren(element("h3", "", map.map), list);
}

/** One map at a time is chosen, by pointer, by key or in the table. */
function mapChooser(chart) {
  const { maps } = data.arena;
  let chosen = -1;
  const choose = index => {
    chart.dispatchAction({ type: "downplay", seriesIndex: 0 });
    chosen = Math.max(0, Math.min(maps.length - 1, index));
    chart.dispatchAction({ type: "highlight", seriesIndex: 0, dataIndex: chosen });
    showDetail(maps[chosen]);
  };
  chart.on("mouseover", { seriesIndex: 0 }, ({ dataIndex }) => choose(dataIndex));
  chart.on("click", { seriesIndex: 0 }, ({ dataIndex }) => choose(dataIndex));
  byId("arena-keys").addEventListener("keydown", event => {
    const next = { ArrowRight: chosen + 1, ArrowDown: chosen + 1, ArrowLeft: chosen - 1, ArrowUp: chosen - 1, Home: 0,
      End: maps.length - 1 }[event.key];
    if (next !== undefined) {
      choose(next);
      event.preventDefault();
    }
  });
  return choose;
}

function zoomButtons(chart) {
  const zoom = change => {
    const [{ start, end }] = zoomOf(chart);
    const [from, to] = change(start, end);
    chart.dispatchAction({ type: "dataZoom", dataZoomIndex: 0, start: Math.max(0, from), end: Math.min(100, to) });
  };
  const button = (text, action) => {
    const made = element("button", "", text);
    made.type = "button";
    made.addEventListener("click", action);
    byId("arena-controls").append(made);
  };
  const scaled = factor => (start, end) => {
    const [middle, half] = [(start + end) / 2, (end - start) / 2 * factor];
    return [middle - half, middle + half];
  };
  const shifted = part => (start, end) => {
    const by = Math.max(-start, Math.min(100 - end, (end - start) * part));
    return [start + by, end + by];
  };
  button("Zoom in", () => zoom(scaled(.5)));
  button("Zoom out", () => zoom(scaled(2)));
  button("Earlier", () => zoom(shifted(-.5)));
  button("Later", () => zoom(shifted(.5)));
  button("Show all", () => [0, 2].forEach(dataZoomIndex => chart.dispatchAction({ type: "dataZoom", dataZoomIndex,
    start: 0, end: 100 })));
}

function showArena() {
  const { arena } = data;
  const { maps } = arena;
  byId("arena-text").textContent = "Every map stands in " + mebibytes(arena.arenaBytes)
    + " from the step that writes it to the last that reads it; "
    + (arena.lowerBoundBytes === arena.arenaBytes ? "no arena for this schedule can be smaller"
      : "no arena for this schedule can go below " + mebibytes(arena.lowerBoundBytes) + " (dashed)")
    + ". Without reuse the maps take " + mebibytes(arena.viewsBytes)
    + ", with copied concatenations " + mebibytes(arena.copiedBytes) + ".";
  const used = Object.keys(ROLE_COLORS).filter(role => maps.some(map => map.role === role));
  byId("arena-keys").before(element("div", "legend", ...used.map(role => {
    const patch = element("i", "");
    patch.style.background = "var(--" + ROLE_COLORS[role] + ")";
    return element("span", "", patch, role);
  })));
  const chart = showChart("arena-chart", arenaOption);
  const choose = mapChooser(chart);
  zoomButtons(chart);
  choose(maps.indexOf(largestMap()));
  showTable(byId("arena-table"), "Feature maps in the order in which they are written", [
    { title: "map", text: map => map.map },
    { title: "sizes", text: map => map.shape },
    { title: "bytes", number: true, text: map => bytesText(map.bytes), value: map => map.bytes },
    { title: "offset", number: true, text: map => String(map.offset), value: map => map.offset },
    { title: "first step", number: true, text: map => String(map.firstStep), value: map => map.firstStep },
    { title: "last step", number: true, text: map => String(map.lastStep), value: map => map.lastStep },
    { title: "written by", text: producerOf },
    { title: "read by", wrap: true, text: readersOf }
  ], maps, { onFocus: map => choose(maps.indexOf(map)), search: "Find a map by its name" });
}
