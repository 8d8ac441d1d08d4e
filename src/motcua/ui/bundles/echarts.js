// The chart types and parts in use; everything else of ECharts stays out of the page.
import { BarChart, EffectScatterChart, HeatmapChart, LineChart, MapChart, ScatterChart } from "echarts/charts";
import {
  AriaComponent,
  GeoComponent,
  GridComponent,
  LegendPlainComponent,
  MarkLineComponent,
  TooltipComponent,
  VisualMapPiecewiseComponent,
} from "echarts/components";
import { init, registerMap, use } from "echarts/core";
import { LabelLayout } from "echarts/features";
import { CanvasRenderer } from "echarts/renderers";

use([
  BarChart, EffectScatterChart, HeatmapChart, LineChart, MapChart, ScatterChart,
  AriaComponent, GeoComponent, GridComponent, LegendPlainComponent, MarkLineComponent,
  TooltipComponent, VisualMapPiecewiseComponent, LabelLayout, CanvasRenderer,
]);

window.echarts = { init, registerMap };
