// Charts by attributes: <div class="chart" role="img" aria-label="…" data-chart="line" data-from="json-script-id">.
// Kinds and the shape of their data are in src/motcua/ui/README.md. Colours come from the page's CSS.
(() => {
  const locale = document.documentElement.lang === "en" ? "en-GB" : "vi-VN";
  const formats = {};
  const number = (value, places = 0) => {
    if (value === null || value === undefined) return "–";
    formats[places] ||= new Intl.NumberFormat(locale, { minimumFractionDigits: places, maximumFractionDigits: places });
    return formats[places].format(value);
  };
  const percent = (value, places = 2) => (value === null || value === undefined ? "–" : `${number(value, places)}\u00a0%`);

  const style = getComputedStyle(document.documentElement);
  const colour = (name) => style.getPropertyValue(`--${name}`).trim();
  const isCalm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const charts = new Map();

  const look = () => {
    const rem = parseFloat(getComputedStyle(document.documentElement).fontSize);
    const size = document.body.classList.contains("wall") ? rem * 0.95 : rem * 0.8125;
    const font = "Inter, sans-serif";
    const px = (width) => (width * rem) / 16; // a width drawn for a root of 16 px: a wall of 3840 px has 32
    return { rem, px, size, font, ink: colour("ink"), mut: colour("mut"), line: colour("line"), panel: colour("panel") };
  };
  const base = (l, label) => ({
    textStyle: { fontFamily: l.font, fontSize: l.size, color: l.ink },
    aria: { enabled: true, label: { description: label } },
    animation: !isCalm,
    animationDuration: 500,
    tooltip: { renderMode: "richText", backgroundColor: l.panel, borderColor: l.line, textStyle: { color: l.ink, fontFamily: l.font, fontSize: l.size } },
  });
  const axis = (l) => ({
    axisLine: { lineStyle: { color: l.line, width: Math.max(1, l.px(1)) } },
    axisTick: { show: false },
    axisLabel: { color: l.mut, fontSize: l.size, fontFamily: l.font },
    splitLine: { lineStyle: { color: l.line, opacity: 0.6, width: Math.max(1, l.px(1)) } },
  });
  const faded = (hex) => ({
    color: { type: "linear", x: 0, y: 0, x2: 0, y2: 1, colorStops: [{ offset: 0, color: `${hex}50` }, { offset: 1, color: `${hex}00` }] },
  });

  // Days that change what is counted: {at: index of a label, label}. Words stand where there is room.
  const side = (one, l, labels) => {
    const wide = one.label.length * l.size * 0.47, at = l.size * 3 + (one.at / labels) * (l.width - l.size * 4.6);
    return at + wide < l.width ? "left" : at > wide ? "right" : "center";
  };
  const marked = (marks, l, labels) => ({
    symbol: "none", silent: true, animation: false,
    lineStyle: { color: colour("warn-ink"), type: [l.px(3), l.px(4)], width: l.px(2) },
    data: marks.map((one) => ({
      xAxis: one.at, name: one.label,
      label: { show: true, formatter: one.label, position: "end", rotate: 0, distance: l.size * 0.8, align: side(one, l, labels), color: colour("warn-ink"), fontSize: l.size * 0.9, fontFamily: l.font },
    })),
  });

  // data: {labels: [..], series: [{name, values, tone, dashed}], every: labels to skip, places, marks}
  const line = (data, l) => ({
    grid: { left: 0, right: l.size * 1.6, top: l.size * ((data.marks || []).length ? 4.4 : 2.4), bottom: l.size * 0.4, containLabel: true },
    legend: { top: 0, left: 0, itemWidth: l.size * 1.4, itemHeight: l.px(3), itemGap: l.size, icon: "rect", textStyle: { padding: [0, 0, 0, l.px(3)], color: l.mut, fontSize: l.size, fontFamily: l.font } },
    xAxis: { type: "category", data: data.labels, boundaryGap: false, ...axis(l), splitLine: { show: false }, axisLabel: { ...axis(l).axisLabel, interval: data.every ?? "auto", hideOverlap: true } },
    yAxis: { type: "value", splitNumber: 3, minInterval: 1, ...axis(l), axisLabel: { ...axis(l).axisLabel, showMinLabel: false, formatter: (v) => number(v) } },
    tooltip: { ...base(l).tooltip, trigger: "axis", valueFormatter: (v) => number(v, data.places || 0) },
    series: data.series.map((one, i) => {
      const tint = colour(one.tone || ["line-a", "line-b", "line-c"][i % 3]);
      return {
        name: one.name, type: "line", data: one.urls ? one.values.map((value, n) => ({ value, url: one.urls[n] })) : one.values, smooth: 0.35, smoothMonotone: "x",
        ...(one.urls ? { symbol: "circle", symbolSize: l.size * 0.7, showSymbol: false, cursor: "pointer" } : { symbol: "none" }), connectNulls: false,
        lineStyle: { width: l.px(3), color: tint, type: one.dashed ? [l.px(7), l.px(4)] : "solid" }, itemStyle: { color: tint },
        ...(i === 0 ? { areaStyle: faded(tint), markLine: marked(data.marks || [], l, data.labels.length) } : {}),
      };
    }),
  });

  // data: {rows: [{name, value, note, tone, url}], places}
  const bars = (data, l) => {
    const rows = data.rows.slice().reverse();
    const tint = (row) => colour({ warn: "warn", bad: "bad", ok: "ok" }[row.tone] || "bar");
    const strong = (row) => ["warn", "bad"].includes(row.tone);
    return {
      grid: { left: 0, right: l.size * 8.6, top: 2, bottom: 0, containLabel: true },
      xAxis: { type: "value", show: false, max: "dataMax" },
      yAxis: { type: "category", data: rows.map((row) => row.name), ...axis(l), axisLine: { show: false }, axisLabel: { color: l.ink, fontSize: l.size * 1.03, fontFamily: l.font, width: l.size * 13, overflow: "truncate" } },
      tooltip: { ...base(l).tooltip, valueFormatter: (v) => number(v, data.places || 0) },
      series: [{
        type: "bar", barWidth: "48%", itemStyle: { borderRadius: l.size * 0.3 }, cursor: "pointer",
        data: rows.map((row) => ({ value: row.value, url: row.url, itemStyle: { color: tint(row) } })),
        label: {
          show: true, position: "right", fontFamily: l.font,
          formatter: (p) => `{value|${number(p.value, data.places || 0)}}{${strong(rows[p.dataIndex]) ? "strong" : "note"}|${rows[p.dataIndex].note || ""}}`,
          rich: {
            value: { color: l.ink, fontSize: l.size * 1.05, fontWeight: 600, width: l.size * 4, align: "left" },
            note: { color: l.mut, fontSize: l.size }, strong: { color: colour("warn-ink"), fontSize: l.size, fontWeight: 600 },
          },
        },
      }],
    };
  };

  // data: {columns: [..], rows: [..], cells: [[column, row, value], ..]}
  const heatmap = (data, l) => {
    const most = Math.max(1, ...data.cells.map((cell) => cell[2] || 0));
    const steps = ["heat-0", "heat-1", "heat-2", "heat-3", "heat-4"].map(colour);
    // A number never runs out of its cell: thousands are shortened (3,8k), then the letters.
    const short = (n) => (n >= 10000 ? `${number(n / 1000)}k` : n >= 1000 ? `${number(n / 1000, 1)}k` : number(n));
    const longest = Math.max(...data.cells.map((cell) => short(cell[2] || 0).length));
    const room = (l.width - l.size * 4) / data.columns.length - 6;
    const size = Math.max(7, Math.min(l.size, room / (longest * 0.6)));
    return {
      grid: { left: 0, right: 0, top: 2, bottom: l.size * 0.3, containLabel: true },
      visualMap: { show: false, type: "piecewise", min: 0, max: most, splitNumber: 12, inRange: { color: steps } },
      xAxis: { type: "category", data: data.columns, ...axis(l), axisLine: { show: false }, splitLine: { show: false } },
      yAxis: { type: "category", data: data.rows, inverse: true, ...axis(l), axisLine: { show: false }, splitLine: { show: false } },
      series: [{
        type: "heatmap", itemStyle: { borderColor: l.panel, borderWidth: l.px(3), borderRadius: l.px(6) }, emphasis: { disabled: true },
        cursor: data.cells.some((cell) => cell[3]) ? "pointer" : "default",
        data: data.cells.map((cell) => ({ value: cell.slice(0, 3), url: cell[2] ? cell[3] : undefined, label: { color: colour(cell[2] > most * 0.55 ? "heat-dark" : "heat-light") } })),
        label: { show: true, fontFamily: l.font, fontSize: size, formatter: (p) => (p.value[2] ? short(p.value[2]) : "") },
      }],
    };
  };

  // data: {shapes: GeoJSON with properties {key, name, at: [lon, lat]}, values: [{key, value, url}],
  //        pieces: [{from, below, tone, label}], calls: [key, ..], places}
  const map = (data, l) => {
    const known = Object.fromEntries(data.shapes.features.map((shape) => [shape.properties.key, shape.properties]));
    const name = `map-${data.name || "units"}`;
    echarts.registerMap(name, data.shapes);
    const isNarrow = l.width < l.rem * 36;
    const frame = { left: l.rem, right: l.rem, top: l.rem * 0.2, bottom: l.rem * (isNarrow ? 1.7 * data.pieces.length : 2.4) };
    const tones = { ok: "map-ok", info: "map-info", warn: "map-warn", bad: "map-bad" };
    const two = (text) => {
      const short = text.replace(/^(Xã|Phường|Thị trấn|Đặc khu) /, "");
      const words = short.split(" ");
      return short.length > 9 && words.length > 2 ? `${words.slice(0, -1).join(" ")}\n${words.at(-1)}` : short;
    };
    return {
      visualMap: {
        type: "piecewise", orient: isNarrow ? "vertical" : "horizontal", right: isNarrow ? null : 0, left: isNarrow ? 0 : null, bottom: 0, itemWidth: l.size * 1.2, itemHeight: l.size * 0.8, itemGap: l.size * (isNarrow ? 0.4 : 1.1), seriesIndex: 0,
        textStyle: { color: l.mut, fontSize: l.size, fontFamily: l.font }, outOfRange: { color: colour("map-none") },
        pieces: data.pieces.map((one) => ({ gte: one.from, lt: one.below, label: one.label, color: colour(tones[one.tone] || "map-none") })),
      },
      geo: { map: name, nameProperty: "key", ...frame, silent: true, itemStyle: { areaColor: "transparent", borderColor: "transparent" } },
      series: [
        {
          type: "map", map: name, nameProperty: "key", ...frame, cursor: "pointer",
          data: data.values.map((one) => ({ name: one.key, value: one.value, url: one.url })),
          labelLayout: { hideOverlap: true }, emphasis: { disabled: true }, select: { disabled: true },
          itemStyle: { borderColor: colour("bg"), borderWidth: 2, areaColor: colour("map-none") },
          label: {
            show: true, color: "#f4f9ff", fontSize: l.rem * 0.82, fontFamily: l.font, lineHeight: l.rem * 1.05, textShadowColor: "#07101f", textShadowBlur: 3,
            formatter: (p) => `${two((known[p.name] || {}).name || p.name)}\n{value|${Number.isFinite(p.value) ? number(p.value, data.places ?? 2) : "–"}}`,
            rich: { value: { fontWeight: 700, fontSize: l.rem * 0.92, color: "#fff", fontFamily: l.font, lineHeight: l.rem * 1.15 } },
          },
        },
        {
          type: isCalm ? "scatter" : "effectScatter", coordinateSystem: "geo", z: 5, silent: true, symbolSize: l.rem * 0.6,
          rippleEffect: { scale: 5, brushType: "stroke" }, itemStyle: { color: "#ffb3b3" },
          data: (data.calls || []).filter((key) => known[key]).map((key) => known[key].at),
        },
      ],
    };
  };

  // The same figures as a table for those who do not see the drawing.
  const table = (element, kind, data) => {
    let rows = [];
    if (kind === "line") rows = data.labels.map((label, i) => [label, ...data.series.map((one) => number(one.values[i], data.places || 0))]);
    for (const mark of (kind === "line" && data.marks) || []) rows[mark.at][0] += ` (${mark.label})`;
    if (kind === "bars") rows = data.rows.map((row) => [row.name, number(row.value, data.places || 0), row.note || ""]);
    if (kind === "heatmap") rows = data.rows.map((row, y) => [row, ...data.columns.map((_, x) => number((data.cells.find((c) => c[0] === x && c[1] === y) || [])[2] ?? 0))]);
    if (kind === "map") rows = data.values.map((one) => [(data.shapes.features.find((s) => s.properties.key === one.key) || { properties: { name: one.key } }).properties.name, number(one.value, data.places ?? 2)]);
    const heads = kind === "line" ? ["", ...data.series.map((one) => one.name)] : kind === "heatmap" ? ["", ...data.columns] : [];
    const made = document.createElement("table");
    made.createCaption().textContent = element.getAttribute("aria-label") || "";
    for (const cells of [heads, ...rows]) {
      if (!cells.length) continue;
      const row = made.insertRow();
      cells.forEach((text, i) => {
        const cell = document.createElement(cells === heads || i === 0 ? (text === "" ? "td" : "th") : "td");
        cell.textContent = text;
        row.append(cell);
      });
    }
    const frame = document.createElement("div");
    frame.className = "unseen";
    frame.append(made);
    if (element.nextElementSibling && element.nextElementSibling.matches(".unseen.said-chart")) element.nextElementSibling.remove();
    frame.classList.add("said-chart");
    element.after(frame);
  };

  const kinds = { line, bars, heatmap, map };
  const paint = (element, motion) => {
    const l = { ...look(), width: element.clientWidth };
    element.drawnFor = `${l.width} ${l.rem}`;
    const option = kinds[element.dataset.chart](element.data, l);
    charts.get(element).setOption({ ...base(l, element.getAttribute("aria-label")), ...motion, ...option }, { notMerge: false });
  };
  // Words, lines and room for names are of a size that follows the window: all is laid out anew.
  const refit = (element) => {
    charts.get(element).resize();
    const isOther = element.drawnFor !== `${element.clientWidth} ${look().rem}`;
    if (isOther && element.clientWidth) paint(element, { animation: false });
  };
  const draw = (element, data) => {
    const kind = element.dataset.chart;
    // The same figures are not drawn again: a refresh must not flicker.
    const told = JSON.stringify(data);
    if (charts.has(element) && element.told === told) return;
    element.told = told;
    let chart = charts.get(element);
    const isNew = !chart;
    if (!chart) {
      chart = echarts.init(element, null, { renderer: "canvas" });
      chart.on("click", (p) => p.data && p.data.url && location.assign(p.data.url));
      new ResizeObserver(() => refit(element)).observe(element);
      charts.set(element, chart);
    }
    element.data = data;
    paint(element, isNew ? {} : { animation: false });
    table(element, kind, data);
  };

  const spark = (element, values) => {
    if (!values || values.length < 2) return;
    const low = Math.min(...values), high = Math.max(...values), step = 120 / (values.length - 1);
    const points = values.map((v, i) => `${(i * step).toFixed(1)} ${(33 - ((v - low) / (high - low || 1)) * 30).toFixed(1)}`);
    let path = element.querySelector("path");
    if (!path) {
      path = document.createElementNS("http://www.w3.org/2000/svg", "path");
      element.append(path);
    }
    path.setAttribute("d", `M${points.join("L")}`);
  };
  const ring = (element, value) => {
    element.querySelector(".part").setAttribute("stroke-dasharray", `${Math.max(0, Math.min(100, value || 0)).toFixed(2)} 100`);
  };

  const readScript = (id) => JSON.parse(document.getElementById(id).textContent);
  const drawStill = async () => {
    await document.fonts.ready;
    for (const element of document.querySelectorAll("[data-chart][data-from]")) draw(element, readScript(element.dataset.from));
    document.documentElement.dataset.drawn = "1";
  };
  window.motcua = { draw, chartOf: (element) => charts.get(element), spark, ring, number, percent, readScript };
  drawStill();
})();
