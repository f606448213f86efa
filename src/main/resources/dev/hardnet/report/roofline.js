const arithmeticSteps = () => data.steps.filter(step => step.macs > 0);

/** The roof from one arithmetic intensity to another, with its edge; each half is labelled in its middle. */
function roof(from, to) {
  const { gigaMacsPerSecond, gigabytesPerSecond } = data.traffic.machine;
  const edge = gigaMacsPerSecond / gigabytesPerSecond;
  const slope = Math.sqrt(from * edge);
  const label = (formatter, position) => ({ show: true, formatter, position, color: color("ink"), fontSize: 12 });
  return [
    [from, from * gigabytesPerSecond],
    { value: [slope, slope * gigabytesPerSecond], label: label(gigabytesPerSecond.toFixed(1) + " GB/s", "left") },
    [edge, gigaMacsPerSecond],
    { value: [edge, gigaMacsPerSecond], label: label(gigaMacsPerSecond.toFixed(1) + " GMAC/s", "left") },
    [Math.max(to, edge), gigaMacsPerSecond]
  ];
}

function stepTooltip(step) {
  return tooltip(step.name, [["step", step.step + ", " + step.kind], ["output", step.output],
    ["intensity", step.macsPerByte.toFixed(1) + " MAC/B"], ["attained", step.gigaMacsPerSecond.toFixed(1) + " GMAC/s"],
    ...(step.way ? [["computed", step.way]] : []), ["measured", fineMillis(step.millis)],
    ["roofline", fineMillis(step.rooflineMillis)]]);
}

function rooflineOption() {
  const steps = arithmeticSteps();
  const { machine, network } = data.traffic;
  const intensities = steps.map(step => step.macsPerByte);
  const from = 10 ** Math.floor(Math.log10(Math.min(...intensities, machine.gigaMacsPerSecond
    / machine.gigabytesPerSecond)));
  const to = 10 ** Math.ceil(Math.log10(Math.max(...intensities)));
  const slowest = Math.min(...steps.map(step => step.gigaMacsPerSecond));
  const largest = Math.max(...steps.map(step => step.millis));
  const base = baseOption("Roofline of " + network + ": " + steps.filter(step => step.memoryBound).length + " of "
    + steps.length + " steps with multiply-adds are memory-bound.");
  const points = (name, wanted, shade) => ({
    name, type: "scatter", itemStyle: { color: color(shade), opacity: .8, borderColor: color("card") },
    symbolSize: ([, , time]) => 7 + 17 * Math.sqrt(time / largest),
    data: steps.filter(step => step.memoryBound === wanted)
      .map(step => ({ value: [step.macsPerByte, step.gigaMacsPerSecond, step.millis], name: step.name, step }))
  });
  const log = { type: "log", minorSplitLine: { show: false }, nameLocation: "middle" };
  return {
    ...base,
    legend: { ...base.legend, itemGap: isPhone() ? 6 : 10, data: ["memory-bound step", "arithmetic-bound step",
      { name: "roof", icon: "path://M0 4h20v2H0z" }] },
    tooltip: { ...base.tooltip, formatter: ({ data: point }) => point.step ? stepTooltip(point.step) : "" },
    grid: { left: 28, right: 20, top: 48, bottom: 34, containLabel: true },
    xAxis: axis("multiply-adds for each byte", { ...log, nameGap: 28, min: from, max: to }),
    yAxis: axis("GMAC/s", { ...log, nameGap: 40, min: 10 ** Math.floor(Math.log10(Math.min(slowest,
      from * machine.gigabytesPerSecond))) }),
    series: [points("memory-bound step", true, "memory"), points("arithmetic-bound step", false, "arithmetic"), {
      name: "roof", type: "line", data: roof(from, to), symbol: "circle", symbolSize: 0.01, silent: true,
      itemStyle: { color: color("ink") }, lineStyle: { color: color("ink"), width: 2 }
    }]
  };
}

function showRoofline() {
  const { machine } = data.traffic;
  byId("roofline-text").textContent = "Each step that multiplies, as this runtime plans it: the rate it attains over "
    + "its multiply-adds for each byte moved; larger dots take longer. The roof is "
    + machine.gigaMacsPerSecond.toFixed(1) + " GMAC/s and " + machine.gigabytesPerSecond.toFixed(1)
    + " GB/s (" + machine.origin + "), its edge "
    + (machine.gigaMacsPerSecond / machine.gigabytesPerSecond).toFixed(2) + " multiply-adds for a byte. Dots above it "
    + "found their maps in a cache, or convolve with fewer multiply-adds.";
  showChart("roofline-chart", rooflineOption);
}
