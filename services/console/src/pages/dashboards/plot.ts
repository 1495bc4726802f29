import { LineChart } from 'echarts/charts'
import { GridComponent, TooltipComponent } from 'echarts/components'
import { init, use } from 'echarts/core'
import { CanvasRenderer } from 'echarts/renderers'

use([LineChart, GridComponent, TooltipComponent, CanvasRenderer])

export type Plot = {
  readonly names: readonly string[]
  readonly values: readonly (number | null)[]
  readonly show: (value: number) => string
  /** There is no half of it, so neither on the axis. */
  readonly counts: boolean
}

/** A canvas cannot read the tokens, so an element that can is asked for their colours. */
const colourOf = (element: HTMLElement, token: string): string => {
  const probe = document.createElement('span')
  probe.style.color = `var(--${token})`
  element.append(probe)
  const { color } = getComputedStyle(probe)
  probe.remove()
  return color
}

/** Draws one line into the element. Returns what takes it away again. */
export const plot = (element: HTMLElement, { names, values, show, counts }: Plot): (() => void) => {
  const [ink, rule, series, surface] = ['ink-quiet', 'rule', 'series', 'surface'].map((token) => colourOf(element, token)) as [string, string, string, string]
  const font = getComputedStyle(element).fontFamily
  const chart = init(element)
  chart.setOption({
    animation: !matchMedia('(prefers-reduced-motion: reduce)').matches,
    animationDuration: 250,
    textStyle: { fontFamily: font, color: ink },
    grid: { left: 4, right: 16, top: 16, bottom: 4, containLabel: true },
    // Rich text is drawn; the usual tooltip is markup with inline styles, which the content policy forbids.
    tooltip: {
      trigger: 'axis',
      renderMode: 'richText',
      backgroundColor: surface,
      borderColor: rule,
      textStyle: { color: ink, fontFamily: font },
      valueFormatter: (value: unknown) => (typeof value === 'number' ? show(value) : '—'),
    },
    xAxis: {
      type: 'category',
      data: [...names],
      boundaryGap: false,
      axisLine: { lineStyle: { color: rule } },
      axisTick: { show: false },
      axisLabel: { color: ink, hideOverlap: true },
    },
    yAxis: {
      type: 'value',
      minInterval: counts ? 1 : 0,
      splitLine: { lineStyle: { color: rule } },
      axisLabel: { color: ink, formatter: show },
    },
    series: [
      {
        type: 'line',
        data: [...values],
        showSymbol: values.length < 30,
        symbolSize: 6,
        lineStyle: { width: 2, color: series },
        itemStyle: { color: series },
        areaStyle: { color: series, opacity: 0.12 },
      },
    ],
  })
  const resized = new ResizeObserver(() => chart.resize())
  resized.observe(element)
  return () => {
    resized.disconnect()
    chart.dispose()
  }
}
