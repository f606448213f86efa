function comparisonOption() {
  const networks = [...data.comparison.networks].sort((a, b) => b.cio - a.cio);
  const base = baseOption("Convolutional input/output of " + plural(networks.length, "network")
    + ", counted here and in the paper.");
  const shade = network => network.network === data.traffic.network ? "accent"
    : network.network.startsWith("hardnet") ? "fused" : "framework";
  return {
    ...base,
    legend: { show: false },
    tooltip: { ...base.tooltip, trigger: "axis", axisPointer: { type: "shadow" }, formatter: ([first]) => {
      const network = networks[first.dataIndex];
      return tooltip(network.network, [["CIO", millions(network.cio)],
        ["paper", network.paper ? millions(network.paper.cio) : "no figure"], ["MACs", billions(network.macs)]]);
    } },
    grid: { left: 8, right: 60, top: 8, bottom: 34, containLabel: true },
    xAxis: axis("CIO, millions of elements", { type: "value", nameLocation: "middle", nameGap: 28,
      splitNumber: isPhone() ? 3 : 6,
      axisLabel: { color: color("soft"), formatter: count => count / 1e6 + " M" } }),
    yAxis: axis("", { type: "category", data: networks.map(network => network.network),
      axisLabel: { color: color("ink"), interval: 0 }, axisTick: { show: false } }),
    series: [{
      name: "CIO", type: "bar", barCategoryGap: "25%",
      label: { show: true, position: "right", distance: 8, color: color("soft"),
        formatter: ({ value }) => millions(value) },
      data: networks.map(network => ({ value: network.cio, itemStyle: { color: color(shade(network)) } }))
    }, {
      name: "paper", type: "scatter", symbolSize: 8, itemStyle: { color: color("ink") },
      data: networks.map(network => network.paper ? network.paper.cio : null)
    }]
  };
}

/** Ours, the paper's and by how much they differ, as three columns. */
function besidePaper(title, field, text) {
  return [
    { title, number: true, text: network => text(network[field]), value: network => network[field] },
    { title: title + ", paper", number: true, text: network => network.paper ? text(network.paper[field]) : "",
      value: network => network.paper && network.paper[field] },
    { title: "difference", number: true, value: network => network[field + "Percent"],
      text: network => network[field + "Percent"] == null ? "" : signedPercent(network[field + "Percent"]) }
  ];
}

function showComparison() {
  const { networks, claims } = data.comparison;
  byId("comparison-chart").style.height = 4 + 1.6 * networks.length + "rem";
  showChart("comparison-chart", comparisonOption);
  showTable(byId("comparison-table"), "Networks beside the paper's Table 4", [
    { title: "network", text: network => network.network },
    { title: "input", text: network => network.input },
    ...besidePaper("parameters", "parameters", millions),
    ...besidePaper("MACs", "macs", billions),
    ...besidePaper("CIO", "cio", millions),
    { title: "framework", number: true, text: network => mebibytes(network.frameworkBytes),
      value: network => network.frameworkBytes },
    { title: "this runtime's plan", number: true, text: network => mebibytes(network.plannedBytes),
      value: network => network.plannedBytes }
  ], networks);
  showTable(byId("claims-table"), "What the paper claims and what was found", [
    { title: "claim", wrap: true, text: check => check.claim.statement },
    { title: "network", text: check => check.claim.network },
    { title: "yardstick", text: check => check.claim.yardstick },
    { title: "found", number: true, text: check => check.foundPercent == null ? "" : percent(check.foundPercent)
      + " less", value: check => check.foundPercent },
    { title: "verdict", text: check => words(check.verdict) },
    { title: "remark", wrap: true, text: check => check.reason }
  ], claims);
}
