/** What the system says of itself: seconds of CPU since its start, how many it turned away for which reason, and how many facts its readers have not handled. */
export type Told = { readonly cpuSeconds: number; readonly shed: Readonly<Record<string, number>>; readonly behind: number }

export const systemMetrics = async (address: string): Promise<Told> => {
  const text = await (await fetch(`${address}/metrics`)).text()
  const shed: Record<string, number> = {}
  for (const [, reason = '', count] of text.matchAll(/^collegium_http_shed_requests_total\{.*reason="(\w+)".*\} (\d+)$/gm))
    shed[reason] = (shed[reason] ?? 0) + Number(count)
  let behind = 0
  for (const [, lag] of text.matchAll(/^collegium_consumer_lag_events\{.*\} (\d+)$/gm)) behind += Number(lag)
  return { behind, cpuSeconds: Number(/^process_cpu_seconds_total(?:\{.*\})? ([\d.e+-]+)$/m.exec(text)?.[1]), shed }
}
