/* Room: reports/overview */
/* Charts, drawn by ECharts from the JSON that stands inside their figure:
 *   <figure class="chart" data-chart="trend"><script type="application/json">…</script></figure>
 * Without ECharts the table beside it says the same. Colours come from tokens.css.
 */
(function () {
  "use strict";

  if (!window.echarts) return;
  const token = (name) =>
    getComputedStyle(document.documentElement).getPropertyValue(name).trim();

  const COLOURS = { late: "--latef", slow: "--warnf", not_started: "--idlef" };
  const PATTERNS = {
    slow: { symbol: "rect", dashArrayX: [1, 0], dashArrayY: [3, 3], rotation: -Math.PI / 4, color: "rgba(23,34,46,.35)" },
    not_started: { symbol: "circle", symbolSize: 0.6, dashArrayX: [[4, 4]], dashArrayY: [4, 4], color: "rgba(23,34,46,.4)" },
  };

  function trend(data) {
    const ink = token("--ink-2");
    const text = { color: ink, fontFamily: token("--sans"), fontSize: 12 };
    const bars = data.series.map((each) => ({
      name: each.name,
      type: "bar",
      stack: "behind",
      barMaxWidth: 26,
      data: each.values,
      itemStyle: { color: token(COLOURS[each.light]), decal: PATTERNS[each.light] || null },
    }));
    const line = {
      name: "达到序时进度及以上占比",
      type: "line",
      yAxisIndex: 1,
      data: data.share,
      symbolSize: 7,
      lineStyle: { color: token("--b6"), width: 2 },
      itemStyle: { color: token("--b6") },
    };
    return {
      animation: false,
      aria: { enabled: false },
      textStyle: text,
      grid: { left: 44, right: 48, top: 62, bottom: 28 },
      legend: { top: 4, left: 8, itemGap: 14, textStyle: text },
      tooltip: { trigger: "axis", renderMode: "richText", confine: true },
      xAxis: { type: "category", data: data.months, axisLabel: text },
      yAxis: [
        { type: "value", name: "项", minInterval: 1, axisLabel: text, nameTextStyle: text },
        { type: "value", name: "%", min: 0, max: 100, splitLine: { show: false }, axisLabel: text, nameTextStyle: text },
      ],
      series: [...bars, line],
    };
  }

  for (const figure of document.querySelectorAll("[data-chart]")) {
    const data = JSON.parse(figure.querySelector("script").textContent);
    const place = document.createElement("div");
    place.className = "chart-in";
    figure.append(place);
    const chart = window.echarts.init(place, null, { renderer: "svg" });
    chart.setOption(trend(data));
    window.addEventListener("resize", () => chart.resize());
    /* On paper the drawing scales with the page. */
    window.addEventListener("beforeprint", () => {
      const svg = place.querySelector("svg");
      if (svg && !svg.hasAttribute("viewBox")) {
        svg.setAttribute("viewBox", `0 0 ${svg.getAttribute("width")} ${svg.getAttribute("height")}`);
      }
    });
  }
})();
