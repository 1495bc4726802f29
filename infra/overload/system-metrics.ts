/** What the system says of itself: seconds of CPU since its start, and how many it turned away for which reason. */
export type Told = { readonly cpuSeconds: number; readonly shed: Readonly<Record<string, number>> }

export const systemMetrics = async (address: string): Promise<Told> => {
  const text = await (await fetch(`${address}/metrics`)).text()
  const shed: Record<string, number> = {}
  for (const [, reason = '', count] of text.matchAll(/^collegium_http_shed_requests_total\{.*reason="(\w+)".*\} (\d+)$/gm))
    shed[reason] = (shed[reason] ?? 0) + Number(count)
  return { cpuSeconds: Number(/^process_cpu_seconds_total(?:\{.*\})? ([\d.e+-]+)$/m.exec(text)?.[1]), shed }
}
