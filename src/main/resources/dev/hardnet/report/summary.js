function tile(name, value, remark) {
  const figure = element("dd", "", value);
  if (remark) {
    figure.append(element("small", "", remark));
  }
  return element("div", "", element("dt", "", name), figure);
}

function executionsOption() {
  const { executions, network } = data.traffic;
  const part = (name, field, shade) => ({
    name, type: "bar", stack: "bytes", barWidth: "62%", itemStyle: { color: color(shade) },
    data: executions.map(each => each[field])
  });
  return {
    ...baseOption(network + " moves " + executions
      .map(each => mebibytes(each.totalBytes) + " (" + each.execution + ")").join(", ") + "."),
    tooltip: {
      ...baseOption("").tooltip, trigger: "axis", axisPointer: { type: "shadow" },
      formatter: ([first]) => {
        const each = executions[first.dataIndex];
        return tooltip(each.execution, [["read", mebibytes(each.readBytes)], ["written", mebibytes(each.writtenBytes)],
          ["weights", mebibytes(each.weightBytes)], ["total", mebibytes(each.totalBytes)]]);
      }
    },
    grid: { left: 8, right: isPhone() ? 60 : 140, top: 34, bottom: 4, containLabel: true },
    xAxis: axis("", { type: "value", ...byteTicks(executions[0].totalBytes, isPhone() ? 2 : 4) }),
    yAxis: axis("", { type: "category", inverse: true, data: executions.map(each => each.execution),
      axisLabel: { color: color("ink"), width: isPhone() ? 80 : 160, overflow: "break", lineHeight: 14 } }),
    series: [part("maps read", "readBytes", "planned"), part("maps written", "writtenBytes", "concat-free"),
      { ...part("weights", "weightBytes", "framework"),
        label: { show: true, position: "right", color: color("ink"),
          formatter: ({ dataIndex }) => isPhone() ? percent(100 * executions[dataIndex].ratio)
            : mebibytes(executions[dataIndex].totalBytes) + ", " + percent(100 * executions[dataIndex].ratio) } }]
  };
}

function showSummary() {
  const { traffic, latency, arena } = data;
  document.title = traffic.network + ": HarDNet report";
  byId("version").textContent = data.version;
  byId("title").textContent = traffic.network;
  byId("subtitle").textContent = "Input " + traffic.input + ", weights " + latency.weights
    + ". Measured " + latency.date.replace("T", " ").replace("Z", " UTC") + " on " + latency.processor + " ("
    + latency.backend + ", " + plural(latency.threads, "thread") + ").";
  byId("figures").append(
    tile("Parameters", millions(data.parameters), "learned values"),
    tile("Multiply-adds", billions(traffic.macs), "convolutions and linear layers"),
    tile("CIO", millions(traffic.cio), "convolutional input/output; MoC " + traffic.moc.toFixed(1)),
    tile("Arena", mebibytes(traffic.arenaBytes), "without reuse " + mebibytes(arena.viewsBytes)),
    tile("Median latency", millis(latency.medianMillis), "p90 " + millis(latency.p90Millis) + ", "
      + plural(latency.runs, "run")),
    tile("GMAC/s", latency.gigaMacsPerSecond.toFixed(1),
      "counted as direct sums; peak " + traffic.machine.gigaMacsPerSecond.toFixed(1)));
  showChart("executions-chart", executionsOption);
  showTable(byId("executions-table"), "Four executions", [
    { title: "execution", text: each => each.execution },
    { title: "steps", number: true, text: each => String(each.steps), value: each => each.steps },
    { title: "read", number: true, text: each => mebibytes(each.readBytes), value: each => each.readBytes },
    { title: "written", number: true, text: each => mebibytes(each.writtenBytes), value: each => each.writtenBytes },
    { title: "weights", number: true, text: each => mebibytes(each.weightBytes), value: each => each.weightBytes },
    { title: "total", number: true, text: each => mebibytes(each.totalBytes), value: each => each.totalBytes },
    { title: "of framework", number: true, text: each => percent(100 * each.ratio), value: each => each.ratio },
    { title: "roofline", number: true, text: each => millis(each.rooflineMillis), value: each => each.rooflineMillis }
  ], traffic.executions);
}
