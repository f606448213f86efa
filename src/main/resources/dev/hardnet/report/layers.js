/** Bars for each of many items, with a slider. */
function barsOption(description, names, series, tooltipOf, ticks) {
  const base = baseOption(description);
  return {
    ...base,
    tooltip: { ...base.tooltip, trigger: "axis", axisPointer: { type: "shadow" },
      formatter: ([first]) => tooltipOf(first.dataIndex) },
    grid: { left: 8, right: 12, top: isPhone() ? 62 : 40, bottom: 44, containLabel: true },
    xAxis: axis("", { type: "category", data: names, axisLabel: { color: color("soft"), hideOverlap: true,
      width: 140, overflow: "truncate" }, axisTick: { show: false } }),
    yAxis: axis("", { type: "value", ...ticks }),
    dataZoom: [innerZoom({ xAxisIndex: 0 }), slider({ xAxisIndex: 0, bottom: 6, height: 22 })],
    series
  };
}

const EXECUTION_FIELDS = ["frameworkBytes", "concatFreeBytes", "plannedBytes", "fusedBytes"];

function trafficOption(layers) {
  const titles = data.traffic.executions.map(each => each.execution);
  const series = EXECUTION_FIELDS.map((field, index) => ({
    name: titles[index], type: "bar", barGap: "-100%", barCategoryGap: "12%", z: 2 + index,
    itemStyle: { color: color(EXECUTION_COLORS[index]) }, data: layers.map(layer => layer[field])
  }));
  return barsOption("Bytes that each of " + plural(layers.length, "layer") + " moves in four executions.",
    layers.map(layer => layer.layer), series,
    index => tooltip(layers[index].layer, [["", words(layers[index].kind)],
      ...EXECUTION_FIELDS.map((field, each) => [titles[each], mebibytes(layers[index][field])])]),
    byteTicks(Math.max(...layers.map(layer => layer.frameworkBytes))));
}

function mocOption(layers) {
  const convolutions = layers.filter(layer => layer.moc != null);
  const bars = (name, wanted, shade) => ({
    name, type: "bar", barGap: "-100%", barCategoryGap: "12%", itemStyle: { color: color(shade) },
    data: convolutions.map(layer => layer.memoryBound === wanted ? layer.moc : null)
  });
  return barsOption("Multiply-adds over convolutional input/output of " + plural(convolutions.length, "convolution")
    + ".", convolutions.map(layer => layer.layer),
    [bars("memory-bound as a framework runs it", true, "memory"), bars("arithmetic-bound", false, "arithmetic")]
      .filter(series => series.data.some(value => value != null)),
    index => tooltip(convolutions[index].layer, [["MoC", convolutions[index].moc.toFixed(1)],
      ["bound by", boundBy(convolutions[index])]]));
}

function timesOption() {
  const bars = (name, field, shade) => ({ name, type: "bar", barGap: "0%", barCategoryGap: "18%",
    itemStyle: { color: color(shade) }, data: data.steps.map(step => step[field]) });
  return barsOption("Measured and predicted time of " + plural(data.steps.length, "step") + ".",
    data.steps.map(step => step.name), [bars("measured", "millis", "measured"),
      bars("predicted by the roofline", "rooflineMillis", "predicted")],
    index => stepTooltip(data.steps[index]), { axisLabel: { color: color("soft"), formatter: "{value} ms" } });
}

function showTimes() {
  const sum = field => data.steps.reduce((total, step) => total + step[field], 0);
  byId("times-text").textContent = "The plan's steps: the fastest of the profiled runs beside the roofline, the longer "
    + "of arithmetic over peak and bytes over bandwidth. All steps take " + millis(sum("millis"))
    + "; the roofline says " + millis(sum("rooflineMillis")) + ".";
  showChart("times-chart", timesOption);
  showTable(byId("times-table"), "Steps of the plan", [
    { title: "step", text: step => step.step + " " + step.name, value: step => step.step },
    { title: "operator", text: step => step.kind },
    { title: "output", text: step => step.output },
    { title: "MACs", number: true, text: step => step.macs === 0 ? "" : (step.macs / 1e6).toFixed(1) + " M",
      value: step => step.macs },
    { title: "bytes", number: true, text: step => mebibytes(step.bytes), value: step => step.bytes },
    { title: "MACs/byte", number: true, text: step => step.macsPerByte.toFixed(1), value: step => step.macsPerByte },
    { title: "measured", number: true, text: step => fineMillis(step.millis), value: step => step.millis },
    { title: "roofline", number: true, text: step => fineMillis(step.rooflineMillis),
      value: step => step.rooflineMillis },
    { title: "GMAC/s", number: true, text: step => step.macs === 0 ? "" : step.gigaMacsPerSecond.toFixed(1),
      value: step => step.gigaMacsPerSecond },
    { title: "way", text: step => step.way || "" }
  ], data.steps, { search: "Find a step by its name" });
}

const boundBy = layer => layer.frameworkBytes === 0 ? "nothing" : layer.memoryBound ? "memory" : "arithmetic";

function showLayers() {
  const layers = data.traffic.layers;
  showChart("traffic-chart", () => trafficOption(layers));
  showChart("moc-chart", () => mocOption(layers));
  const bytes = (title, field) => ({ title, number: true,
    text: layer => layer[field] == null ? "" : mebibytes(layer[field]), value: layer => layer[field] });
  showTable(byId("layers-table"), plural(data.traffic.layerCount, "layer") + ", " + data.traffic.memoryBoundLayers
    + " of them memory-bound as a framework runs them", [
    { title: "layer", text: layer => layer.layer },
    { title: "kind", text: layer => words(layer.kind) },
    { title: "output", text: layer => layer.output },
    { title: "MACs", number: true, text: layer => layer.macs === 0 ? "" : (layer.macs / 1e6).toFixed(1) + " M",
      value: layer => layer.macs },
    { title: "CIO", number: true, text: layer => layer.cio === 0 ? "" : millions(layer.cio),
      value: layer => layer.cio },
    { title: "MoC", number: true, text: layer => layer.moc == null ? "" : layer.moc.toFixed(1),
      value: layer => layer.moc },
    { title: "weights", number: true, text: layer => layer.weights === 0 ? "" : String(layer.weights),
      value: layer => layer.weights },
    bytes("framework", "frameworkBytes"), bytes("concat-free", "concatFreeBytes"), bytes("plan", "plannedBytes"),
    bytes("fused", "fusedBytes"),
    { title: "MACs/byte", number: true, text: layer => layer.macsPerByte.toFixed(1),
      value: layer => layer.macsPerByte },
    { title: "bound by", text: boundBy },
    { title: "roofline", number: true, text: layer => fineMillis(layer.rooflineMillis),
      value: layer => layer.rooflineMillis }
  ], layers, { search: "Find a layer by its name" });
}
